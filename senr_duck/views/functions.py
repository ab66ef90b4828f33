"""The functions that a view may call: those that give the same value for the same arguments.

That is whoever asks, whenever, and with whatever settings. So none of them tells the time, draws
lots, reads a setting, a variable or a file, or does anything but return a value.
"""

from collections.abc import Mapping

# In DuckDB's words.
FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    kind: tuple(names.split())
    for kind, names in {
        "conditions": "coalesce greatest if ifnull least nullif",
        "text": """
            ascii char_length character_length chr concat concat_ws contains editdist3 ends_with
            format instr lcase left len length levenshtein lower lpad ltrim md5 position prefix
            printf regexp_extract regexp_full_match regexp_matches regexp_replace repeat replace
            reverse right rpad rtrim split split_part starts_with str_split string_split
            string_to_array strip_accents strlen strpos substr substring suffix translate trim
            ucase unicode upper
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
# What sqlglot takes for a function too, or has another name for.
_TO_SQLGLOT = """
    and array case cast collate exists extract or struct try_cast
    date_from_parts explode pad regexp_like str_position str_to_time time_to_str timestamp_trunc
"""
CALLABLE = frozenset(_TO_SQLGLOT.split()).union(*FUNCTIONS.values())
# What DuckDB calls without parentheses, where no column has the name.
_BARE = """
    current_catalog current_date current_role current_schema current_time current_timestamp
    current_user localtime localtimestamp session_user user
"""
BARE = frozenset(_BARE.split())
