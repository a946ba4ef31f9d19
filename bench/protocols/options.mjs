import { parseArgs } from 'node:util';
import { usage } from '../usage.mjs';

const help = `Usage: npm run protocols -- [options]

Runs refrain by --protocol retrospective and by --protocol forecast on simulated logs, and writes what every learner
claims by either into docs/results.md. The logs are simulated once, into bench/data/ (0.5 MB a user).

Options:
  --users <list>      users of each log, comma-separated (default: 225,450,2000)
  --learners <list>   comma-separated (default: all of Refrain's that see features)
  --print-only        print the table, write nothing

Examples:
  $ npm run protocols
  $ npm run protocols -- --users 225 --learners logistic-regression,gradient-boosting --print-only
`;

const allLearners =
  'logistic-regression,decision-tree,random-forest,gradient-boosting,linear-svm,naive-bayes,multilayer-perceptron';

/** @returns {{help: true, text: string} | {help: false, options: {users: number[], learners: string, printOnly: boolean}}} */
export function parseCommandLine(args) {
  const values = read(args);
  if (values.help) return { help: true, text: help };
  const users = values.users.split(',').map((text) => {
    if (/^[1-9]\d*$/.test(text)) return Number(text);
    throw usage(`--users takes whole numbers, comma-separated, found "${values.users}".`);
  });
  return {
    help: false,
    options: { users, learners: values.learners, printOnly: values['print-only'] === true },
  };
}

function read(args) {
  try {
    return parseArgs({
      args,
      options: {
        users: { type: 'string', default: '225,450,2000' },
        learners: { type: 'string', default: allLearners },
        'print-only': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw usage(error.message);
  }
}
