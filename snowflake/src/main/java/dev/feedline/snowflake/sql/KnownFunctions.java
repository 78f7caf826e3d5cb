package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import java.util.Set;
import java.util.TreeSet;

/// Snowflake's functions that are not translated: their refusal says so, while any other name is an unknown function.
///
/// Source: docs.snowflake.com/en/sql-reference/functions-all.
public final class KnownFunctions {
    /// Whole families.
    private static final Set<String> PREFIXES = Set.of(
            "SYSTEM$", "AI_", "ST_", "H3_", "VECTOR_", "MAP_", "HLL_", "BITMAP_", "DATASKETCHES_", "INTERPOLATE_");

    private static final Set<String> REFUSED = Set.of("""
            ALL_USER_NAMES APPROXIMATE_JACCARD_INDEX APPROXIMATE_SIMILARITY APPROX_PERCENTILE_ACCUMULATE
            APPROX_PERCENTILE_COMBINE APPROX_PERCENTILE_ESTIMATE APPROX_TOP_K APPROX_TOP_K_ACCUMULATE
            APPROX_TOP_K_COMBINE APPROX_TOP_K_ESTIMATE ARRAYS_TO_OBJECT ARRAYS_ZIP ARRAY_UNION_AGG ARRAY_UNIQUE_AGG
            AS_BINARY AS_DATE AS_DECIMAL AS_NUMBER AS_TIME AS_TIMESTAMP_LTZ AS_TIMESTAMP_NTZ AS_TIMESTAMP_TZ
            BOOLXOR_AGG BUILD_SCOPED_FILE_URL BUILD_STAGE_FILE_URL CHECK_XML COLLATE COLLATION COMPLETE COMPRESS
            CONDITIONAL_CHANGE_EVENT CONDITIONAL_TRUE_EVENT CURRENT_ACCOUNT_NAME CURRENT_AVAILABLE_ROLES CURRENT_CLIENT
            CURRENT_IP_ADDRESS CURRENT_SCHEMAS CURRENT_SECONDARY_ROLES CURRENT_STATEMENT CURRENT_TRANSACTION
            DECOMPRESS_BINARY DECOMPRESS_STRING DECRYPT DECRYPT_RAW ENCRYPT ENCRYPT_RAW EXPLAIN_JSON
            EXTRACT_SEMANTIC_CATEGORIES FILTER GET_ABSOLUTE_PATH GET_DDL GET_OBJECT_REFERENCES
            GET_PRESIGNED_URL GET_RELATIVE_PATH GET_STAGE_LOCATION HASH HASH_AGG INVOKER_ROLE INVOKER_SHARE IS_BINARY
            IS_DATABASE_ROLE_IN_SESSION IS_DATE IS_DATE_VALUE IS_GRANTED_TO_INVOKER_ROLE IS_ROLE_IN_SESSION IS_TIME
            IS_TIMESTAMP_LTZ IS_TIMESTAMP_NTZ IS_TIMESTAMP_TZ LAST_QUERY_ID LAST_TRANSACTION MD5_BINARY MD5_NUMBER
            MD5_NUMBER_LOWER64 MD5_NUMBER_UPPER64 MINHASH MINHASH_COMBINE NORMAL PARSE_IP PARSE_XML RANDSTR REDUCE
            RESULT_SCAN SEARCH SEARCH_IP SHA1_BINARY SHA2_BINARY SOUNDEX_P123 SPLIT_TO_TABLE STAGE_DIRECTORY_FILE
            STRTOK_SPLIT_TO_TABLE TO_DECFLOAT TO_GEOGRAPHY TO_GEOMETRY TO_QUERY TO_XML TRANSFORM TRY_DECRYPT
            TRY_DECRYPT_RAW TRY_TO_DECFLOAT TRY_TO_GEOGRAPHY TRY_TO_GEOMETRY XMLGET ZIPF PERCENTILE_CONT
            PERCENTILE_DISC FLATTEN GENERATOR COPY_HISTORY VALIDATE TIMESTAMP_LTZ_FROM_PARTS
            TIMESTAMP_TZ_FROM_PARTS TIMESTAMPLTZFROMPARTS TIMESTAMPTZFROMPARTS TRY_PARSE_XML
            """.strip().split("\\s+"));

    private KnownFunctions() {}

    /// Why a function that has no translation cannot be called.
    static SnowflakeException refusal(String name) {
        return REFUSED.contains(name) || PREFIXES.stream().anyMatch(name::startsWith)
                ? SnowflakeError.unsupported("The function " + name)
                : SnowflakeError.UNKNOWN_FUNCTION.with("Unknown function " + name + ".");
    }

    /// The names that are refused as Snowflake's, and those that are translated.
    public static Set<String> refused() {
        return new TreeSet<>(REFUSED);
    }

    public static Set<String> translated() {
        return new TreeSet<>(Functions.names());
    }
}
