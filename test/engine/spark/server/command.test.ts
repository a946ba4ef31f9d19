import { describe, expect, test } from 'vitest';
import {
  serverArguments,
  serverEnvironment,
  serverProperties,
} from '../../../../src/engine/spark/server/command.ts';
import { UsageError } from '../../../../src/errors.ts';

describe('properties', () => {
  test('bind the server to this machine and keep what it writes in its folder', () => {
    expect(serverProperties({ memory: '3g', port: 15002 }, '/srv')).toBe(
      `spark.driver.memory=3g
spark.ui.enabled=false
spark.sql.session.timeZone=UTC
spark.local.dir=/srv/local
spark.sql.warehouse.dir=/srv/warehouse
spark.driver.extraJavaOptions=-Djava.io.tmpdir="/srv/tmp" -Dlog4j2.configurationFile="/srv/log4j2.properties"
spark.executor.extraJavaOptions=-Djava.io.tmpdir="/srv/tmp" -Dlog4j2.configurationFile="/srv/log4j2.properties"
spark.connect.grpc.binding.address=127.0.0.1
spark.connect.grpc.binding.port=15002
`,
    );
  });

  test('take the caller’s configuration, which goes before defaults, and adds to options of Java', () => {
    const conf = { 'spark.sql.session.timeZone': 'Asia/Tokyo', 'spark.driver.extraJavaOptions': '-Dx=1' };
    const lines = serverProperties({ conf, warehouse: '/data/tables' }, '/srv').split('\n');
    expect(lines).toContain('spark.sql.session.timeZone=Asia/Tokyo');
    expect(lines).toContain('spark.sql.warehouse.dir=/data/tables');
    expect(lines.filter((line) => line.startsWith('spark.driver.extraJavaOptions='))).toEqual([
      'spark.driver.extraJavaOptions=-Djava.io.tmpdir="/srv/tmp" -Dlog4j2.configurationFile="/srv/log4j2.properties" -Dx=1',
    ]);
  });

  test('escape what would end or change a line', () => {
    const conf = { 'spark.a': 'C:\\temp', 'spark.b': 'x\nspark.connect.grpc.binding.address=0.0.0.0' };
    const text = serverProperties({ conf }, '/srv');
    expect(text).toContain('spark.a=C:\\\\temp\n');
    expect(text).toContain('spark.b=x\\nspark.connect.grpc.binding.address=0.0.0.0\n');
    expect(text.match(/^spark\.connect\.grpc\.binding\.address=/gm)).toHaveLength(1);
  });

  test.each([
    ['spark.connect.grpc.binding.address', 'is set by Refrain: a local server listens on 127.0.0.1 only'],
    ['spark.driver.memory', 'is set by Refrain'],
    ['hadoop.x', 'is no Spark setting'],
    ['spark.a=b\nspark.c', 'is no Spark setting'],
    ['', 'is no Spark setting'],
  ])('refuse %j', (key, message) => {
    const made = () => serverProperties({ conf: { [key]: '1' } }, '/srv');
    expect(made).toThrow(UsageError);
    expect(made).toThrow(message);
  });
});

test('no setting of the caller’s stands on the command line, which all users of a machine can read', () => {
  const settings = {
    conf: { 'spark.hadoop.fs.s3a.secret.key': 'hush' },
    token: 'hush',
    jars: ['/a.jar', '/b.jar'],
  };
  const line = serverArguments({ master: 'local[2]', ...settings }, '/srv/spark.properties');
  expect(line.join(' ')).toBe(
    '--master local[2] --properties-file /srv/spark.properties --jars /a.jar,/b.jar --class org.apache.spark.sql.connect.service.SparkConnectServer',
  );
});

test('variables that would change Spark behind our back do not reach it', () => {
  const foreign = {
    SPARK_REMOTE: 'sc://x',
    SPARK_LOCAL_DIRS: '/x',
    PYSPARK_PYTHON: 'x',
    YARN_CONF_DIR: '/x',
  };
  expect(serverEnvironment('/spark', { ...foreign, JAVA_HOME: '/java', PATH: '/bin' })).toEqual({
    JAVA_HOME: '/java',
    PATH: '/bin',
    SPARK_HOME: '/spark',
    SPARK_LOCAL_IP: '127.0.0.1',
  });
});
