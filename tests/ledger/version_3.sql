-- A ledger of version 3, as senr-duck made it. Never change this file, because people have such
-- ledgers: a change to the tables is a new version, with a file of its own.

create table schema_version (
    version bigint
);
comment on table schema_version is 'the version of these tables: one row';

create table run (
    run_id varchar,
    position bigint,
    made_at varchar,
    senr_duck varchar,
    rules varchar,
    as_of date,
    ods_file varchar,
    ods_sha256 varchar,
    ods_lines bigint,
    ods_date date,
    sis_file varchar,
    sis_sha256 varchar,
    sis_lines bigint,
    held_students bigint,
    exceptions bigint,
    out_dir varchar
);
comment on table run is 'every run: one row, with the position of the last time it was made';

create table run_lea (
    run_id varchar,
    lea varchar,
    held_students bigint
);
comment on table run_lea is 'the LEAs of every run: one row per run and LEA';

create table file (
    run_id varchar,
    lea varchar,
    position bigint,
    name varchar,
    records bigint,
    sha256 varchar,
    is_unconfirmed boolean,
    state varchar,
    posting bigint,
    posted_on date,
    closed_by varchar,
    shown_records bigint,
    contradicted_records bigint
);
comment on table file is 'every upload file: one row per run and file; state is written, posted or rejected';

create table record (
    run_id varchar,
    file_name varchar,
    class varchar,
    reason varchar,
    record_type_code varchar,
    transaction_type_code varchar,
    local_record_id varchar,
    reporting_lea varchar,
    school_of_attendance varchar,
    school_of_attendance_nps varchar,
    academic_year_id varchar,
    ssid varchar,
    local_student_id varchar,
    student_legal_first_name varchar,
    student_legal_middle_name varchar,
    student_legal_last_name varchar,
    student_legal_name_suffix varchar,
    student_alias_first_name varchar,
    student_alias_middle_name varchar,
    student_alias_last_name varchar,
    student_birth_date varchar,
    student_gender_code varchar,
    student_birth_city varchar,
    student_birth_state_province_code varchar,
    student_birth_country_code varchar,
    enrollment_start_date varchar,
    enrollment_status_code varchar,
    grade_level_code varchar,
    enrollment_exit_date varchar,
    student_exit_reason_code varchar,
    student_school_completion_status_code varchar,
    expected_receiver_school_of_attendance varchar,
    student_met_all_uc_csu_requirements_indicator varchar,
    student_school_transfer_code varchar,
    district_of_geographic_residence_code varchar,
    student_golden_state_seal_merit_diploma_indicator varchar,
    student_seal_of_biliteracy_indicator varchar,
    adult_age_students_with_disabilities_in_transition_status varchar,
    graduation_exemption_indicator varchar
);
comment on table record is 'every record of the upload files, as uploaded: one row per run and action';

create table finding (
    run_id varchar,
    ssid varchar,
    rule varchar
);
comment on table finding is 'the fatal findings that a run held students for: one row per run, SSID, and rule';

create table rejection (
    run_id varchar,
    file_name varchar,
    action_id varchar,
    code varchar,
    severity varchar,
    description varchar,
    field varchar,
    value varchar,
    was_foreseen varchar,
    rejected_on date,
    source_sha256 varchar
);
comment on table rejection is 'every line of the rejected-records extracts: one row per action and error';

create table run_total (
    run_id varchar,
    scope varchar,
    records_sent bigint,
    students_held bigint,
    findings_open bigint
);
comment on table run_total is 'the totals of every run: one row per run; scope names its LEAs and schools';

create table run_count (
    run_id varchar,
    kind varchar,
    class varchar,
    name varchar,
    lines bigint,
    students bigint
);
comment on table run_count is 'the counts of every run: one row per run, kind, class and name';

create table open_finding (
    run_id varchar,
    reporting_lea varchar,
    student varchar,
    rule varchar,
    severity varchar,
    local_student_id varchar,
    school_of_attendance varchar
);
comment on table open_finding is 'what someone must look at in every run: one row per run, LEA, student and rule';

create table spot_check (
    run_id varchar,
    lea varchar,
    ssid varchar,
    local_student_id varchar,
    checked_by varchar,
    checked_on date,
    ticked bigint,
    lines bigint
);
comment on table spot_check is 'who looked up whom before an upload: one row per run, student, person and day';

insert into schema_version values (3);
