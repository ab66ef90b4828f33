-- comparison_leaves_or_holds_record: records that are left alone or held for what the comparison
-- itself shows.
--
-- rule:     KEEP-LIST, PRIOR-YEAR-ODS-ONLY, FUTURE-ODS-ONLY, LEFTOVER-NO-SHOW, FUTURE-START,
--           PRIOR-YEAR-SIS-ONLY, SCOPE-EDGE, ODS-COMPLETER, LAST-RECORD-HISTORY,
--           LAST-RECORD-SECONDARY, SSID-MISSING
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    classified_record
-- stored:   no

create or replace view recon.comparison_leaves_or_holds_record as

select
    outcome as rule,
    student_key,
    ods_line,
    sis_line,
    case when outcome = 'SSID-MISSING' then 'ssid' else 'enrollment_start_date' end as field,
    case
        when outcome <> 'SSID-MISSING'
            then coalesce(strftime(enrollment_start_date, '%Y%m%d'), start_date)
    end as value

from recon.classified_record

where
    class in ('kept', 'not_sent', 'held')
    and outcome <> 'KEY-TWICE';
