package dev.feedline.bench.shape;

import java.util.List;
import java.util.SplittableRandom;

/// Nested rows like GitHub's public events: who, where, and by kind what; pushes with a list of
/// commits.
final class EventRows implements RowMaker {
    static final List<String> COLUMNS = List.of(
            "id:string",
            "type:string",
            "actor:struct<id:bigint,login:string,display_login:string,gravatar_id:string,url:string,avatar_url:string>",
            "repo:struct<id:bigint,name:string,url:string>",
            "payload:struct<action:string,ref:string,ref_type:string,push_id:bigint,size:bigint,distinct_size:bigint,"
                    + "head:string,before:string,commits:array<struct<sha:string,author:struct<email:string,"
                    + "name:string>,message:string,distinct:boolean,url:string>>,number:bigint,title:string,"
                    + "labels:array<string>>",
            "public:boolean",
            "created_at:timestamp",
            "org:struct<id:bigint,login:string,gravatar_id:string,url:string,avatar_url:string>");

    private static final List<byte[]> WORDS = RowBytes.utf8(
            "fix",
            "the",
            "build",
            "of",
            "Überprüfung",
            "and",
            "readme",
            "add",
            "tests",
            "for",
            "parser",
            "remove",
            "unused",
            "bump",
            "version",
            "日本語",
            "docs",
            "update",
            "typo",
            "refactor",
            "cache",
            "\\\"quoted\\\"");
    private static final List<byte[]> BRANCHES = RowBytes.utf8("main", "master", "develop", "release", "gh-pages");
    private static final List<byte[]> LABELS = RowBytes.utf8("bug", "help wanted", "question", "wontfix", "docs");
    private static final List<byte[]> ACTIONS = RowBytes.utf8("opened", "closed", "reopened", "edited");
    private static final int USERS = 60_000;
    private static final int REPOSITORIES = 90_000;

    @Override
    public void row(long number, SplittableRandom random, RowBytes out) {
        int kind = random.nextInt(10);
        int user = random.nextInt(USERS);
        int repository = random.nextInt(REPOSITORIES);
        out.text("{\"id\":\"").number(24_890_000_000L + number).text("\",\"type\":\"");
        out.text(kind < 6 ? "PushEvent" : kind < 8 ? "IssuesEvent" : "CreateEvent");
        out.text("\",\"actor\":{\"id\":")
                .number(600_000 + user)
                .text(",\"login\":\"user-")
                .number(user);
        out.text("\",\"display_login\":\"user-").number(user).text("\",\"gravatar_id\":\"\",");
        out.text("\"url\":\"https://api.github.com/users/user-").number(user);
        out.text("\",\"avatar_url\":\"https://avatars.githubusercontent.com/u/").number(600_000 + user);
        out.text("?\"},\"repo\":{\"id\":").number(28_000_000 + repository).text(",\"name\":\"");
        repository(repository, out).text("\",\"url\":\"https://api.github.com/repos/");
        repository(repository, out).text("\"},\"payload\":{");
        if (kind < 6) {
            push(number, repository, random, out);
        } else if (kind < 8) {
            issue(random, out);
        } else {
            out.text("\"ref\":\"").any(random, BRANCHES).text("-").number(random.nextInt(1000));
            out.text("\",\"ref_type\":\"").text(random.nextBoolean() ? "branch\"" : "tag\"");
        }
        out.text("},\"public\":true,\"created_at\":\"").moment(random, false).text("\"");
        if (random.nextInt(10) < 3) {
            organisation(repository % 5000, out);
        }
        out.text("}\n");
    }

    private static void push(long number, int repository, SplittableRandom random, RowBytes out) {
        int commits = 1 + random.nextInt(3);
        out.text("\"push_id\":")
                .number(11_000_000_000L + number)
                .text(",\"size\":")
                .number(commits);
        out.text(",\"distinct_size\":").number(1 + random.nextInt(commits)).text(",\"ref\":\"refs/heads/");
        out.any(random, BRANCHES).text("\",\"head\":\"").hex(random, 40);
        out.text("\",\"before\":\"").hex(random, 40).text("\",\"commits\":[");
        for (int i = 0; i < commits; i++) {
            int author = random.nextInt(USERS);
            out.text(i == 0 ? "" : ",").text("{\"sha\":\"").hex(random, 40);
            out.text("\",\"author\":{\"email\":\"user-").number(author).text("@example.com\",\"name\":\"User ");
            out.number(author).text("\"},\"message\":\"");
            words(2 + random.nextInt(10), random, out);
            out.text("\",\"distinct\":").text(random.nextInt(10) < 9 ? "true" : "false");
            out.text(",\"url\":\"https://api.github.com/repos/");
            repository(repository, out).text("/commits/").hex(random, 40).text("\"}");
        }
        out.text("]");
    }

    private static void issue(SplittableRandom random, RowBytes out) {
        out.text("\"action\":\"").any(random, ACTIONS).text("\",\"number\":").number(random.nextInt(20_000));
        out.text(",\"title\":\"");
        words(3 + random.nextInt(8), random, out);
        out.text("\",\"labels\":[");
        int labels = random.nextInt(4);
        for (int i = 0; i < labels; i++) {
            out.text(i == 0 ? "\"" : ",\"").any(random, LABELS).text("\"");
        }
        out.text("]");
    }

    private static void organisation(int number, RowBytes out) {
        out.text(",\"org\":{\"id\":")
                .number(7_000_000 + number)
                .text(",\"login\":\"org-")
                .number(number);
        out.text("\",\"gravatar_id\":\"\",\"url\":\"https://api.github.com/orgs/org-")
                .number(number);
        out.text("\",\"avatar_url\":\"https://avatars.githubusercontent.com/u/").number(7_000_000 + number);
        out.text("?\"}");
    }

    private static RowBytes repository(int number, RowBytes out) {
        return out.text("org-").number(number % 5000).text("/project-").number(number);
    }

    private static void words(int count, SplittableRandom random, RowBytes out) {
        for (int i = 0; i < count; i++) {
            out.text(i == 0 ? "" : " ").any(random, WORDS);
        }
    }
}
