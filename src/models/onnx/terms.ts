import type { Term } from '../logistic-regression/preparation.ts';
import type { Graph, Value } from './graph.ts';

/** Standardised terms as `fillTerm` computes them, [rows, terms]. @param features [rows, features], NaN where missing. */
export function termMatrix(graph: Graph, terms: readonly Term[], features: Value): Value {
  const row = [1, terms.length];
  const picked = graph.apply('Gather', [features, graph.integers(terms.map(({ feature }) => feature))], {
    axis: 1,
  });
  const isMissing = graph.apply('IsNaN', [picked]);
  const medians = graph.doubles(
    terms.map((term) => (term.part === 'value' ? term.median : 0)),
    row,
  );
  const filled = graph.apply('Where', [isMissing, medians, picked]);
  const flags = graph.apply('Where', [isMissing, graph.doubles([1]), graph.doubles([0])]);
  const isFlag = graph.booleans(
    terms.map(({ part }) => part === 'missing'),
    row,
  );
  const values = graph.apply('Where', [isFlag, flags, filled]);
  const centred = graph.apply('Sub', [
    values,
    graph.doubles(
      terms.map(({ mean }) => mean),
      row,
    ),
  ]);
  return graph.apply('Div', [
    centred,
    graph.doubles(
      terms.map(({ sd }) => sd),
      row,
    ),
  ]);
}
