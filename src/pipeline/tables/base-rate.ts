/** Mean log loss of the judged rows when each is predicted the share of label 1 among the training rows, in nats. */
export function logLossOfBaseRate(training: Uint8Array, judged: Uint8Array): number {
  const rate = share(training);
  const lost = share(judged);
  return -lost * Math.log(rate) - (1 - lost) * Math.log(1 - rate);
}

function share(labels: Uint8Array): number {
  return labels.reduce((sum, label) => sum + label, 0) / labels.length;
}
