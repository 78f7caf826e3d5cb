/// The keys of Feedline's users, and who is asking.
@org.jspecify.annotations.NullMarked
module dev.feedline.iam {
    requires static org.jspecify;
    requires transitive dev.feedline.kernel;
    requires transitive software.amazon.awssdk.services.sts;

    exports dev.feedline.iam;
}
