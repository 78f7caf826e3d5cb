/// The keys of Feedline's users, who is asking, and roles.
@org.jspecify.annotations.NullMarked
module dev.feedline.iam {
    requires static org.jspecify;
    requires java.sql;
    requires transitive dev.feedline.kernel;
    requires transitive software.amazon.awssdk.services.iam;
    requires transitive software.amazon.awssdk.services.sts;
    requires tools.jackson.databind;

    exports dev.feedline.iam;
}
