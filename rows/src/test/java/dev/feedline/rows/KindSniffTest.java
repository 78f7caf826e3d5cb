package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindSniffTest {
    /// `~` is a line end.
    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            {"a":1}                          ! x            ! JSON_LINES
            {"a":1}~{"a":2}~                 ! x.csv        ! JSON_LINES
            {"a":1} {"a":2}                  ! x            ! JSON
            {"a":1}{"a":2}~                  ! x            ! JSON
            {~"a":1~}~                       ! x            ! JSON
            { "a" : 1,~ "b":2}               ! x            ! JSON
            {"a":[~1]}                       ! x            ! JSON
            {"a":1~,"b":2}                   ! x            ! JSON
            {"a":1,~{"a":2}                  ! x            ! JSON_LINES
            {~{"a":2}                        ! x            ! JSON_LINES
            {"a":1~{"a":2}                   ! x            ! JSON_LINES
            {"a":"cut~{"a":2}                ! x            ! JSON_LINES
            {"a":"}{"}~{"a":2}               ! x            ! JSON_LINES
            [{"a":1}]                        ! x            ! JSON
            ~ [~ {"a":1}]                    ! x            ! JSON
            []                               ! x            ! JSON
            [1,2]~{"a":1}                    ! x            ! JSON_LINES
            no~not~never                     ! x            ! JSON_LINES
            no~not~never                     ! x.csv        ! CSV
            no~not~never                     ! X.TSV.GZ     ! CSV
            id,name~1,x~2,y                  ! x            ! CSV
            id;name~1;x,y~2;y                ! x            ! CSV
            id,name~1,x~2,y,z                ! x            ! JSON_LINES
            id,name                          ! x            ! JSON_LINES
            id,name                          ! a.csv.zst    ! CSV
            Dear Sir, I write~to you, today  ! x            ! CSV
            ``                               ! x.csv        ! JSON_LINES
            """)
    void whatSeparatesRowsIsToldFromTheFirstBytes(String head, String name, String kind) {
        byte[] bytes = head.replace('~', '\n').getBytes(UTF_8);
        assertThat(KindSniff.of(bytes, true, name, false)).isEqualTo(Reading.Kind.valueOf(kind));
        byte[] marked = ("\ufeff" + head).replace('~', '\n').getBytes(UTF_8);
        assertThat(KindSniff.of(marked, true, name, false)).isEqualTo(Reading.Kind.valueOf(kind));
    }

    /// `~` is a line end, `^` a CR, `_` a tab.
    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            a,b~1,2~                 ! ,  ! " ! false
            a;b~1,5;2~               ! ;  ! " ! false
            a_b~1_2~                 ! _  ! " ! false
            a|b|c~1|2,3|4~           ! |  ! " ! false
            "a;b",c~"1;2",3~         ! ,  ! " ! false
            'a,b';'c'~'1';'x,y,z'~   ! ;  ! ' ! false
            it,'s~1,2~               ! ,  ! " ! false
            a~1~2~                   ! ,  ! " ! false
            a,b^1,2^3,4^             ! ,  ! " ! true
            a,b^1,"x~y"^3,4^         ! ,  ! " ! true
            a,b^~1,2^~               ! ,  ! " ! false
            a,b;c~1,2;3~1,2;3~1;2~   ! ;  ! " ! false
            """)
    void delimiterQuoteAndLineEndAreToldFromTheFirstRows(String head, String delimiter, char quote, boolean returns) {
        byte[] bytes =
                head.replace('~', '\n').replace('^', '\r').replace('_', '\t').getBytes(UTF_8);
        CsvSniff sniff = CsvSniff.of(bytes, true, null, null);
        assertThat(sniff.delimiter()).isEqualTo(delimiter.replace('_', '\t').charAt(0));
        assertThat(sniff.quote()).isEqualTo(quote);
        assertThat(sniff.returnsEndLines()).isEqualTo(returns);
    }

    @Test
    void theLastRowOfACutHeadDoesNotCount() {
        byte[] cut = "a;b;c\n1;2;3\n4".getBytes(UTF_8);
        assertThat(CsvSniff.of(cut, false, null, null).isCertain()).isTrue();
        assertThat(CsvSniff.of(cut, true, null, null).isCertain()).isFalse();
    }
}
