"""The functions that a view may call: those that always return the same value for the same input.

The value must not depend on the user, the time, or the settings. So none of them returns the time
or a random number, reads a setting, a variable, or a file, or does anything but return a value.
"""

from collections.abc import Mapping

# By the names that DuckDB has for them.
FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    kind: tuple(names.split())
    for kind, names in {
        "conditions": "coalesce greatest if ifnull least nullif",
        "text": """
            ascii char_length character_length chr concat concat_ws contains editdist3 ends_with
            format instr lcase left len length levenshtein lower lpad ltrim md5 nfc_normalize
            position prefix printf regexp_extract regexp_full_match regexp_matches regexp_replace
            repeat replace reverse right rpad rtrim split split_part starts_with str_split
            string_split string_to_array strip_accents strlen strpos substr substring suffix
            translate trim ucase unicode upper
        """,
        "numbers": "abs ceil ceiling floor mod pow power round sign sqrt trunc xor",
        "dates": """
            date_add date_diff date_part date_sub date_trunc datediff datepart datetrunc day dayname
            dayofmonth dayofweek dayofyear isodow last_day make_date month monthname quarter
            strftime strptime to_days to_months to_weeks to_years try_strptime week weekday
            weekofyear year
        """,
        "lists": """
            array_contains array_has array_length generate_series list_contains list_has list_value
            range struct_pack unnest
        """,
        "groups": """
            any_value array_agg avg bool_and bool_or count count_if countif first group_concat last
            list listagg max mean median min string_agg sum
        """,
        "windows": """
            cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank
            row_number
        """,
    }.items()
}
# Names that sqlglot also treats as functions, or that it uses for other names.
_TO_SQLGLOT = """
    and array case cast collate exists extract or struct try_cast
    date_from_parts explode pad regexp_like str_position str_to_time time_to_str timestamp_trunc
"""
CALLABLE = frozenset(_TO_SQLGLOT.split()).union(*FUNCTIONS.values())
# Functions that DuckDB calls without parentheses if no column has the name.
_BARE = """
    current_catalog current_date current_role current_schema current_time current_timestamp
    current_user localtime localtimestamp session_user user
"""
BARE = frozenset(_BARE.split())
