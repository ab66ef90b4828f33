-- A database of version 1, in short: what commands of a later version find first. It did not say its
-- version.
create schema staging;
create schema reference;
create schema recon;
create table reference.run_parameters (lea varchar, as_of date, rules varchar);
create table reference.run (run_id varchar);
insert into reference.run values ('2026-03-02-0123456789ab');
create table staging.sis_line (line_number bigint, ssid varchar);
create view staging.sis_raw as
select line_number as source_line, 'sis.txt' as file_name, line_number, ssid from staging.sis_line;
create table recon.planned_record (action_id varchar, ssid varchar);
