-- comparison_leaves_or_holds_record: records that are left alone or held for what the comparison
-- itself shows.
--
-- rule:     KEEP-LIST, PRIOR-YEAR-ODS-ONLY, FUTURE-ODS-ONLY, LEFTOVER-NO-SHOW, FUTURE-START,
--           PRIOR-YEAR-SIS-ONLY, SCOPE-EDGE, ODS-COMPLETER, LAST-RECORD-HISTORY,
--           LAST-RECORD-SECONDARY, SSID-MISSING
-- severity: KEEP-LIST: notice, PRIOR-YEAR-ODS-ONLY: notice, FUTURE-ODS-ONLY: notice,
--           LEFTOVER-NO-SHOW: notice, FUTURE-START: notice, PRIOR-YEAR-SIS-ONLY: notice,
--           SCOPE-EDGE: fatal, ODS-COMPLETER: fatal, LAST-RECORD-HISTORY: fatal,
--           LAST-RECORD-SECONDARY: fatal, SSID-MISSING: fatal
-- since:    always
-- fix:      KEEP-LIST: nothing to do; take the record off the keep list once it may be removed, and
--           run again. PRIOR-YEAR-ODS-ONLY: nothing to do, as that year is certified; to remove it
--           nevertheless, run again with --change-years all. FUTURE-ODS-ONLY: if the student will
--           not come, run again once the start date has passed, or delete the record in CALPADS.
--           LEFTOVER-NO-SHOW: nothing to do; a later run removes it once CALPADS holds another
--           record of the student. FUTURE-START: nothing to do if the start date is right; run
--           again once the student has started. PRIOR-YEAR-SIS-ONLY: nothing to do, as that year is
--           certified; to add it nevertheless, run again with --change-years all. SCOPE-EDGE: run
--           with all schools and years that the student attended, or take the school off the Do Not
--           Report list; if the record is right, name it in the keep list; then run again.
--           ODS-COMPLETER: if the student did complete, enter the enrollment in the SIS or name the
--           record in the keep list; if not, delete it in CALPADS and download the ODS extract
--           again; then run again. LAST-RECORD-HISTORY: enter the enrollment in the SIS, or name
--           the record in the keep list; if it never was, ask CALPADS what to do; then run again.
--           LAST-RECORD-SECONDARY: enter the student's enrollment in the SIS, or name the record in
--           the keep list; else settle it in CALPADS by hand and download the ODS extract again;
--           then run again. SSID-MISSING: look the student up in CALPADS or ask for a new SSID
--           there, enter it in the SIS, export again and run again
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    classified_record
-- stored:   no

create or replace view recon.comparison_leaves_or_holds_record as

select
    ods_line,
    sis_line,
    case when outcome = 'SSID-MISSING' then 'ssid' else 'enrollment_start_date' end as field,
    outcome as rule

from recon.classified_record

where
    class in ('kept', 'not_sent', 'held')
    and outcome <> 'KEY-TWICE';
