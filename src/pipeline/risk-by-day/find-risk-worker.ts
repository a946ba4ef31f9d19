import { serveTasks } from '../../threads/serve.ts';
import { type FoundRisk, findRisk, type RiskSubject } from './find-risk.ts';

serveTasks<RiskSubject, FoundRisk | string>(findRisk);
