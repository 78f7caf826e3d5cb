package dev.feedline.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The AWS services Feedline can serve, and the protocol of each, by the name in a signature's credential scope.
public enum AwsService {
    S3 {
        @Override
        public Protocol protocol(Class<?> client) {
            return new RestXmlProtocol(Routes.of("s3", Operation.of(client)));
        }
    },
    LAMBDA {
        @Override
        public Protocol protocol(Class<?> client) {
            return new RestJsonProtocol(Routes.of("lambda", Operation.of(client)));
        }
    },
    KINESIS {
        @Override
        public Protocol protocol(Class<?> client) {
            return json("Kinesis_20131202", client);
        }
    },
    FIREHOSE {
        @Override
        public Protocol protocol(Class<?> client) {
            return json("Firehose_20150804", client);
        }
    },
    GLUE {
        @Override
        public Protocol protocol(Class<?> client) {
            return json("AWSGlue", client);
        }
    },
    SQS {
        @Override
        public Protocol protocol(Class<?> client) {
            return new JsonProtocol("AmazonSQS", Operation.of(client), QueryErrorCodes.SQS);
        }
    },
    STS {
        @Override
        public Protocol protocol(Class<?> client) {
            return new QueryProtocol("sts", "2011-06-15", Operation.of(client));
        }
    },
    IAM {
        @Override
        public Protocol protocol(Class<?> client) {
            return new QueryProtocol("iam", "2010-05-08", Operation.of(client));
        }
    };

    /// The service's protocol over the operations of an SDK client interface.
    public abstract Protocol protocol(Class<?> client);

    /// The service of a credential scope, e.g. `kinesis`.
    public static Optional<AwsService> ofSigningName(String name) {
        return Arrays.stream(values())
                .filter(service -> service.signingName().equals(name))
                .findFirst();
    }

    public String signingName() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Protocol json(String targetPrefix, Class<?> client) {
        return new JsonProtocol(targetPrefix, Operation.of(client), QueryErrorCodes.NONE);
    }
}
