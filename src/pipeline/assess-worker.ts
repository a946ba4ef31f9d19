import { serveTasks } from '../threads/serve.ts';
import { type Assessment, assess, type ToAssess } from './assess.ts';

serveTasks<ToAssess, Assessment>(assess);
