package dev.feedline.glue.crawl;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Goes through the objects of an include path, page by page, and looks into each.
public final class Walk {
    /// The most folders of one include path: each is kept in memory until the tables are written.
    static final int MOST_FOLDERS = 100_000;

    private final S3Client s3;
    private final IncludePath path;
    private final boolean whateverColumns;
    private final Runnable checkpoint;
    private final Folder root;
    private final KnownColumns known = new KnownColumns();
    private Folder current;
    private int folders;
    private int loneFiles;

    /// @param checkpoint called before each file; throws when the crawl is to end
    public Walk(S3Client s3, IncludePath path, boolean whateverColumns, Runnable checkpoint) {
        this.s3 = s3;
        this.path = path;
        this.whateverColumns = whateverColumns;
        this.checkpoint = checkpoint;
        this.root = new Folder(path.root());
        this.current = root;
    }

    /// What lies below the path; empty when nothing does.
    public Optional<Folder> folder() throws CrawlFailure {
        try {
            if (!path.prefix().isEmpty()) { // which may be an object; it comes before all longer keys
                for (S3Object first : s3.listObjectsV2(list ->
                                list.bucket(path.bucket()).prefix(path.prefix()).maxKeys(1))
                        .contents()) {
                    if (first.key().equals(path.prefix())) {
                        look(first);
                    }
                }
            }
            for (S3Object object : s3.listObjectsV2Paginator(
                            list -> list.bucket(path.bucket()).prefix(path.root()))
                    .contents()) {
                look(object);
            }
        } catch (AwsServiceException | SdkClientException e) {
            throw new CrawlFailure(path.location(path.prefix()) + " could not be listed or read: " + e.getMessage(), e);
        }
        root.prune();
        return root.hasFiles() || !root.folders().isEmpty() ? Optional.of(root) : Optional.empty();
    }

    private void look(S3Object object) throws CrawlFailure {
        checkpoint.run();
        Optional<List<String>> in = object.size() == 0 ? Optional.empty() : path.foldersOf(object.key());
        if (in.isPresent()) {
            Folder folder = folder(in.get());
            if (folder != current) {
                loneFiles += current.leave();
                current = folder;
            }
            if (loneFiles > FoundTable.MOST) {
                throw FoundTable.tooMany();
            }
            add(folder, object);
        }
    }

    private Folder folder(List<String> names) throws CrawlFailure {
        Folder folder = root;
        for (String name : names) {
            if (!folder.folders().containsKey(name) && ++folders > MOST_FOLDERS) {
                throw new CrawlFailure(path.location(path.prefix()) + " has more than " + MOST_FOLDERS
                        + " folders; crawl parts of it");
            }
            folder = folder.child(name);
        }
        return folder;
    }

    private void add(Folder folder, S3Object object) throws CrawlFailure {
        if (path.sampleSize().isPresent() && folder.read() >= path.sampleSize().get()) {
            folder.addUnread(object.size());
            return;
        }
        try {
            Found found = Classifier.classify(new Body(object));
            folder.add(object.key(), found.of(known.same(found.columns())), whateverColumns);
        } catch (NoSuchKeyException e) {
            return; // deleted since it was listed
        } catch (IOException e) {
            throw new CrawlFailure(path.location(object.key()) + " could not be read: " + e.getMessage(), e);
        }
    }

    private final class Body implements Source {
        private final S3Object object;

        Body(S3Object object) {
            this.object = object;
        }

        @Override
        public String key() {
            return object.key();
        }

        @Override
        public long bytes() {
            return object.size();
        }

        /// What is not read any more is not fetched, either.
        @Override
        public InputStream open(long from, long count) {
            long to = Math.min(object.size(), from + count) - 1;
            ResponseInputStream<GetObjectResponse> body = s3.getObject(
                    get -> get.bucket(path.bucket()).key(object.key()).range("bytes=" + from + "-" + to));
            return new FilterInputStream(body) {
                @Override
                public void close() throws IOException {
                    body.abort();
                    super.close();
                }
            };
        }
    }
}
