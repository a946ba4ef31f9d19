import { join } from 'node:path';
import { UsageError } from '../../../errors.ts';

export interface ServerSettings {
  /** `local[*]`, `local[2]`, `local-cluster[2,1,1024]`, `spark://127.0.0.1:7077`. */
  readonly master?: string;
  /** The driver's heap in Spark's notation: `2g`. */
  readonly memory?: string;
  /** When absent, the system chooses. */
  readonly port?: number;
  /** Further Spark configuration. */
  readonly conf?: Readonly<Record<string, string>>;
  /** Paths of jars for the driver and its executors. */
  readonly jars?: readonly string[];
  /** Where managed tables lie; default: inside the server's own folder. */
  readonly warehouse?: string;
  /** What clients must send; default: 256 random bits. */
  readonly token?: string;
}

/** The arguments of spark-submit for a Connect server. */
export function serverArguments(
  { master = 'local[*]', jars = [] }: ServerSettings,
  propertiesFile: string,
): readonly string[] {
  return [
    ...['--master', master, '--properties-file', propertiesFile],
    ...(jars.length === 0 ? [] : ['--jars', jars.join(',')]),
    ...['--class', 'org.apache.spark.sql.connect.service.SparkConnectServer'],
  ];
}

/**
 * Configuration as a Java properties file. A file, since its values may be secrets and every user of a machine can read
 * a command line.
 * @param folder the server's own: all that it writes goes there.
 * @throws UsageError when `conf` sets what Refrain must set.
 */
export function serverProperties(settings: ServerSettings, folder: string): string {
  const { memory = '2g', port = 0, conf = {}, warehouse = join(folder, 'warehouse') } = settings;
  for (const key of Object.keys(conf)) {
    if (!/^spark\.[\w.-]+$/.test(key)) {
      throw new UsageError(`${key} is no Spark setting: expected a name that begins with spark.`, { key });
    }
    if (RESERVED.has(key)) {
      throw new UsageError(
        `${key} is set by Refrain: a local server listens on 127.0.0.1 only. Leave it out.`,
        {
          key,
        },
      );
    }
  }
  const temporary = `-Djava.io.tmpdir="${join(folder, 'tmp')}"`;
  const logging = `-Dlog4j2.configurationFile="${join(folder, 'log4j2.properties')}"`;
  const javaOptions = (key: string) => [temporary, logging, conf[key]].filter(Boolean).join(' ');
  return propertiesText({
    'spark.driver.memory': memory,
    'spark.ui.enabled': 'false',
    'spark.sql.session.timeZone': 'UTC',
    'spark.local.dir': join(folder, 'local'),
    'spark.sql.warehouse.dir': warehouse,
    ...conf,
    'spark.driver.extraJavaOptions': javaOptions('spark.driver.extraJavaOptions'),
    'spark.executor.extraJavaOptions': javaOptions('spark.executor.extraJavaOptions'),
    'spark.connect.grpc.binding.address': '127.0.0.1',
    'spark.connect.grpc.binding.port': String(port),
  });
}

/** Warnings, and the one line that tells the port. */
export const logProperties = `rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{yyyy-MM-dd HH:mm:ss.SSS}{UTC} %p %c{1}: %m%n%ex
logger.connect.name = org.apache.spark.sql.connect.service.SparkConnectServer
logger.connect.level = info
`;

/** @returns `env` with SPARK_HOME, and without what would change Spark behind our back. */
export function serverEnvironment(home: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign = /^(SPARK_|PYSPARK_|HADOOP_CONF_DIR$|YARN_CONF_DIR$)/;
  const rest = Object.entries(env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(rest), SPARK_HOME: home, SPARK_LOCAL_IP: '127.0.0.1' };
}

const RESERVED = new Set([
  'spark.connect.grpc.binding.address',
  'spark.connect.grpc.binding.port',
  'spark.connect.authenticate.token',
  'spark.driver.memory',
  'spark.master',
]);

/** The format of java.util.Properties, UTF-8 as Spark reads it. */
function propertiesText(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n`)
    .join('');
}
