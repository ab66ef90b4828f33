-- The SIS extract from the tables of Aeries, for `senr-duck extract-sis`. Copy this file, and
-- change the copy. It runs on SQL Server, where Aeries keeps its data, and on PostgreSQL.
--
-- The names are those of Aeries's public help pages. Nobody has run this on a database of Aeries:
-- "check" says what a district must compare with its own pages before the first upload. Codes may
-- be your own where [translate] in senr.toml has a table for them.
--
-- Three fields are PLACEHOLDERS, because no public page names their columns. A line that stays a
-- comment leaves its column out: CALPADS keeps what it has, and an added record has a blank.

with

-- Enrollment history. It never has E155 and E156: at the year's end such a line stays open.
-- Check: a deleted line (DEL) is no enrollment; the window has all that senr-duck compares.
enrollment as (

    select
        enr.id,
        enr.sc,
        enr.hs,
        enr.ed,
        enr.ld,
        enr.er,
        enr.gr,
        enr.pr,
        enr.it,
        enr.itd,
        -- what STU says of a student is true of the last enrollment at a school only
        row_number() over (partition by enr.id, enr.sc order by enr.ed desc, enr.yr desc) as place

    from enr

    where
        enr.del = 0
        and cast(enr.ed as date) >= cast(:window_start as date)

),

-- STU has one row for each school of a student. A person's data are the same in all of them.
-- Check: if they are not, order by what marks the row that your office keeps up to date.
person as (

    select
        stu.*,
        row_number() over (partition by stu.id order by stu.sc desc, stu.sn desc) as place

    from stu

    where stu.del = 0

),

-- What STU says of the student at one school.
at_school as (

    select
        stu.*,
        row_number() over (partition by stu.id, stu.sc order by stu.sn desc) as place

    from stu

    where stu.del = 0

),

-- Legal names, which come first where they are filled.
legal_name as (

    select
        lsi.id,
        nullif(lsi.lfn, '') as lfn,
        nullif(lsi.mln, '') as mln,
        nullif(lsi.lln, '') as lln,
        nullif(lsi.lsf, '') as lsf

    from lsi

    where lsi.del = 0

)

select
    -- 1.04, LOC.CC and LOC.DC: county and district of the school, so each record has its own LEA.
    -- Check: both have their leading zeros; an independent charter reports under its school code.
    concat(school.cc, school.dc) as reporting_lea,

    -- 1.05, LOC.SC. Check: 7 digits; a nonpublic school has 0000001, a private one 0000002.
    school.sc as school_of_attendance,

    -- 1.06 PLACEHOLDER: the nonpublic school's own code, which Aeries's REST service calls
    -- NonpublicSchoolStateCode. Write its column in ENR in the place of enrollment.nps, and in the
    -- first part of this query too.
    -- enrollment.nps as school_of_attendance_nps,

    -- 1.08, STU.CID. Check: 10 digits, blank until the student has an SSID.
    person.cid as ssid,

    -- 1.09, STU.ID.
    cast(enrollment.id as varchar(15)) as local_student_id,

    -- 1.10 to 1.13, LSI before STU. Check: if your office keeps legal names in STU, leave LSI out.
    coalesce(legal_name.lfn, person.fn) as student_legal_first_name,
    coalesce(legal_name.mln, person.mn) as student_legal_middle_name,
    coalesce(legal_name.lln, person.ln) as student_legal_last_name,
    coalesce(legal_name.lsf, person.sf) as student_legal_name_suffix,

    -- 1.14 to 1.16, STU.FNA, MNA and LNA.
    person.fna as student_alias_first_name,
    person.mna as student_alias_middle_name,
    person.lna as student_alias_last_name,

    -- 1.17, STU.BD.
    cast(person.bd as date) as student_birth_date,

    -- 1.18, STU.GN. Check: F, M or X.
    person.gn as student_gender_code,

    -- 1.19 to 1.21, STU.BCY, BST and BCU. CALPADS writes a state with its country, such as US-CA.
    -- Check: countries have two letters, such as MX; [translate] has no table for these fields.
    person.bcy as student_birth_city,
    case
        when person.bcu = 'US' and person.bst <> '' and person.bst not like 'US-%'
            then concat('US-', person.bst)
        else person.bst
    end as student_birth_state_province_code,
    person.bcu as student_birth_country_code,

    -- 1.22, ENR.ED.
    cast(enrollment.ed as date) as enrollment_start_date,

    -- 1.23, ENR.PR: a blank program is a primary enrollment. Check: your programs that are 20
    -- (secondary), 30 (short-term) or 50 go into [translate.enrollment_status_code].
    coalesce(nullif(enrollment.pr, ''), '10') as enrollment_status_code,

    -- 1.24, ENR.GR as a number: -1 is TK, 0 is KN. Check: 14 and above, and below -1, are what your
    -- district made them (adults, infants, preschool): list them in [translate.grade_level_code].
    case
        when enrollment.gr = -1 then 'TK'
        when enrollment.gr = 0 then 'KN'
        when enrollment.gr between 1 and 9 then concat('0', enrollment.gr)
        else cast(enrollment.gr as varchar(4))
    end as grade_level_code,

    -- 1.25, ENR.LD. Check: it is the last day of attendance, as CALPADS wants it; if it is the
    -- first day away, say so in senr.toml: [sis] exit_date_is = "first_day_away".
    cast(enrollment.ld as date) as enrollment_exit_date,

    -- 1.26, ENR.ER: 440 is E150. Check: your other codes go into
    -- [translate.student_exit_reason_code].
    case when enrollment.er = '440' then 'E150' else enrollment.er end as student_exit_reason_code,

    -- 1.27, STU.HSG. Check: your codes go into [translate.student_school_completion_status_code].
    case when enrollment.place = 1 then at_school.hsg end as student_school_completion_status_code,

    -- 1.28, STU.ENS: the last seven digits are the school. Check: a district's code is 14 digits.
    case when enrollment.place = 1 then right(at_school.ens, 7) end
        as expected_receiver_school_of_attendance,

    -- 1.29 PLACEHOLDER: whether a graduate met all UC and CSU requirements, Y or N. Write your own
    -- column in the place of at_school.u1.
    -- case when enrollment.place = 1 then at_school.u1 end
    --     as student_met_all_uc_csu_requirements_indicator,

    -- 1.30, ENR.IT. Check: your codes go into [translate.student_school_transfer_code].
    enrollment.it as student_school_transfer_code,

    -- 1.31, ENR.ITD: 14 digits, the first seven are the district of residence.
    substring(enrollment.itd, 1, 7) as district_of_geographic_residence_code,

    -- 1.32 and 1.33, rows of ACT, for graduates with a diploma only. Check: no public page names
    -- the column of the student's number in ACT (here PID); write your own codes of these two seals
    -- in the place of GSSMD and SSB, and of 100 if HSG has another code.
    case
        when enrollment.place <> 1 or coalesce(at_school.hsg, '') <> '100' then null
        when
            exists (
                select 1
                from act
                where act.pid = enrollment.id and act.cd = 'GSSMD' and act.del = 0
            ) then 'Y'
        else 'N'
    end as student_golden_state_seal_merit_diploma_indicator,
    case
        when enrollment.place <> 1 or coalesce(at_school.hsg, '') <> '100' then null
        when
            exists (
                select 1
                from act
                where act.pid = enrollment.id and act.cd = 'SSB' and act.del = 0
            ) then 'Y'
        else 'N'
    end as student_seal_of_biliteracy_indicator,

    -- 1.34 PLACEHOLDER: adults with disabilities in transition, Y or N. Write your own column in
    -- the place of enrollment.u2, and in the first part of this query too.
    -- enrollment.u2 as adult_age_students_with_disabilities_in_transition_status,

    -- 1.35, STU.GEX. Check: Y or N, and filled only for graduates with a diploma.
    case when enrollment.place = 1 then at_school.gex end as graduation_exemption_indicator,

    -- For the year's end, STU.NG: 13 is a senior who leaves, 12 one who stays (E156).
    case
        when enrollment.place <> 1 or at_school.ng = 13 then null
        when at_school.ng = -1 then 'TK'
        when at_school.ng = 0 then 'KN'
        when at_school.ng between 1 and 9 then concat('0', at_school.ng)
        else cast(at_school.ng as varchar(4))
    end as next_grade_level_code,

    -- For the year's end, STU.NS: Aeries's number of the next school. Check: the school for
    -- students who leave (inactive) has no code of CALPADS in LOC.
    case when enrollment.place = 1 then next_school.sc end as next_school_of_attendance,

    -- For no-shows, a row of CSE. Check: leave out students who have left special education; no
    -- public page names the column of the student's number in CSE and LSI (here ID).
    case
        when exists (
            select 1 from cse
            where cse.id = enrollment.id and cse.del = 0
        ) then 'Y'
        else 'N'
    end as student_with_disability

from enrollment
inner join person on enrollment.id = person.id and person.place = 1
left join at_school
    on
        enrollment.id = at_school.id
        and enrollment.sc = at_school.sc
        and at_school.place = 1
left join legal_name on enrollment.id = legal_name.id
-- The reporting school (HS) counts where it is not 0, before the school of the enrollment (SC).
-- Check: a school without a row in LOC loses its enrollments here.
inner join loc as school
    on
        case when coalesce(enrollment.hs, 0) <> 0 then enrollment.hs else enrollment.sc end
        = school.cd
        and school.del = 0
left join loc as next_school on at_school.ns = next_school.cd and next_school.del = 0

order by
    enrollment.id,
    enrollment.ed,
    school.sc;
