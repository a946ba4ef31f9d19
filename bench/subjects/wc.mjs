export const wc = {
  id: 'wc',
  title: '`wc -l`',
  what: 'the floor: reads the bytes and counts the newlines, one thread',
  command: ({ log }) => ({ file: 'wc', args: ['-l', log], env: process.env }),
  seconds: () => ({}),
};
