import { ownSparkServer } from '../spark/own-server.ts';
import { startHdfs } from './hdfs-server.ts';
import { installJars } from './jars.ts';
import { s3Credentials, startS3Server } from './s3-server.ts';

/** A Spark that reaches an S3 store (as `s3a://` and `s3://`), an HDFS and a Hive metastore, and the two stores. */
export interface StorageCluster {
  /** `connect(remote)` is all it takes. */
  readonly remote: string;
  readonly s3Endpoint: string;
  /** `hdfs://localhost:PORT` */
  readonly hdfs: string;
}

export async function startStorageCluster(): Promise<StorageCluster & { stop(): Promise<void> }> {
  const [s3, hdfs] = await Promise.all([startS3Server(), startHdfs()]);
  const stopStores = () => Promise.all([s3.stop(), hdfs.stop()]);
  try {
    const spark = await ownSparkServer({
      jars: await s3aJars(),
      conf: { ...s3aSettings(s3.endpoint), ...hiveSettings, 'spark.hadoop.dfs.replication': '1' },
    });
    return {
      remote: spark.remote,
      s3Endpoint: s3.endpoint,
      hdfs: hdfs.url,
      stop: async () => {
        await spark.stop();
        await stopStores();
      },
    };
  } catch (error) {
    await stopStores();
    throw error;
  }
}

async function s3aJars(): Promise<string[]> {
  const jars = await installJars();
  return [...jars].filter(([artifact]) => artifact !== 'hadoop-client-minicluster').map(([, path]) => path);
}

/** Of an object store that is not Amazon's. */
function s3aSettings(endpoint: string): Record<string, string> {
  return {
    'spark.hadoop.fs.s3a.endpoint': endpoint,
    'spark.hadoop.fs.s3a.endpoint.region': 'us-east-1',
    'spark.hadoop.fs.s3a.path.style.access': 'true',
    'spark.hadoop.fs.s3a.access.key': s3Credentials.accessKeyId,
    'spark.hadoop.fs.s3a.secret.key': s3Credentials.secretAccessKey,
    'spark.hadoop.fs.s3.impl': 'org.apache.hadoop.fs.s3a.S3AFileSystem',
  };
}

/** A metastore inside the server, in Derby, in memory. */
const hiveSettings = {
  'spark.sql.catalogImplementation': 'hive',
  'spark.hadoop.javax.jdo.option.ConnectionURL': 'jdbc:derby:memory:metastore;create=true',
  'spark.hadoop.hive.metastore.schema.verification': 'false',
  'spark.hadoop.datanucleus.schema.autoCreateAll': 'true',
};
