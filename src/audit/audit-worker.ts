import { workerData } from 'node:worker_threads';
import { serveTasks } from '../threads/serve.ts';
import { type AuditedTable, auditPart, type TableResult, type TableTask } from './audit-table.ts';

const table: AuditedTable = workerData;

serveTasks<TableTask, TableResult>((task) => auditPart(table, task));
