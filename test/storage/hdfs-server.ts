import { join } from 'node:path';
import { installSpark } from '../../src/engine/spark/server/install.ts';
import { sparkVersions } from '../../src/engine/spark/server/versions.ts';
import { effects } from '../spark/own-server.ts';
import { installJars } from './jars.ts';
import { startStandIn } from './stand-in.ts';

/** A name node and a data node on this machine, with nothing in them. */
export interface HdfsServer {
  /** `hdfs://localhost:PORT` */
  readonly url: string;
  stop(): Promise<void>;
}

/** Hadoop's mini-cluster has a main class of its own, and Spark brings the Hadoop that it belongs to. */
export async function startHdfs(): Promise<HdfsServer> {
  const [{ home }, jars] = await Promise.all([
    installSpark({ version: sparkVersions.newest }, effects),
    installJars(),
  ]);
  const { announced, stop } = await startStandIn({
    name: 'HDFS',
    file: 'java',
    args: (folder) => [
      ...['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', `-Djava.io.tmpdir=${folder}`],
      ...['-cp', `${jars.get('hadoop-client-minicluster')}:${join(home, 'jars', '*')}`],
      'org.apache.hadoop.test.MiniDFSClusterManager',
      ...['-format', '-datanodes', '1', '-nnport', '0', '-httpport', '0'],
      ...['-D', `hdfs.minidfs.basedir=${join(folder, 'data')}`, '-D', 'dfs.replication=1'],
      // Its log says nothing of the port; its configuration does, once it is up.
      ...['-writeConfig', '/dev/stdout'],
    ],
    env: process.env,
    isUp: /<name>fs\.defaultFS<\/name>\s*<value>(hdfs:[^<]*)</,
  });
  return { url: announced, stop };
}
