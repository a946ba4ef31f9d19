export const csvHeader = 'userId,ts,sessionId,page,song,length,auth';
export const csvRecord = '30,1538352117000,29,NextSong,Rockpools,277.89016,Logged In';

/** Bad records between a good one before and one after. */
export const badCsvRecords = [
  csvRecord.replace('Rockpools', 'before'),
  '30,1538352117000,29',
  `${csvRecord},more`,
  csvRecord.replace('Rockpools', '"a"b'),
  csvRecord.replace('Rockpools', 'a"b'),
  csvRecord.replace('Rockpools', '"never closed'),
  csvRecord.replace('1538352117000', 'yesterday'),
  csvRecord.replace('1538352117000', ''),
  csvRecord.replace('277.89016', '-1'),
  csvRecord.replace('277.89016', '0x10'),
  csvRecord.replace('Rockpools', 'after'),
];

const other = (session: string) => csvRecord.replace('29', session);

/** Whole CSV files, each with records of its own, that are hard to read. */
export const csvFiles: Readonly<Record<string, string | Buffer>> = {
  'bad.csv': `${csvHeader}\n${badCsvRecords.join('\n')}\n`,
  'quoted.csv': [
    csvHeader,
    other('q1').replace('Rockpools', '"a, b"'),
    other('q2').replace('Rockpools', '"say ""x"""'),
    other('q3').replace('Rockpools', '"two\r\nlines\nor three"'),
    other('q4').replace('Rockpools', '""""'),
    other('"q5"').replace('Rockpools', 'é🎵'),
    other('q6').replace('Rockpools', '"back\\"').replace('Logged In', '""'),
    other('q7').replace('Rockpools', ' spaced '),
    '',
  ].join('\r\n'),
  'nulls.csv': `${csvHeader}\n30,1538352117000,n1,Home,,,\n,1538352117000,n2,Home,,"",\n30,1538352117000,n3,Home,null,NaN,NULL\n`,
  'open.csv': `${csvHeader}\n${other('o1').replace('Rockpools', '"x')}\n${other('o2')}\n\n${other('o3')}`,
  'mark.csv': `\ufeff${csvHeader}\r\n${other('m1')}\nbad\n`,
  'blank.csv': `\n\n${csvHeader}\n\n${other('b1')}\n  \n\n`,
  'header-only.csv': `${csvHeader}\n`,
  'order.csv':
    'x,auth,page,ts,sessionId,userId,song,length,y\n1,Logged In,NextSong,1538352117000,c1,30,Rockpools,277.89016,2\nbad\n',
  // A file in which no quotation could go on in the next line.
  'lines.csv': [
    csvHeader,
    other('e1').replace('Rockpools', '"a, b"'),
    other('e2').replace('Rockpools', '"say ""x"""'),
    other('e3').replace('Rockpools', '""""'),
    other('"e4"').replace('Rockpools', ' é🎵 '),
    other('e5').replace('Rockpools', '"back\\"').replace('Logged In', '""'),
    other('e6').replace('Rockpools', 'a"b"'),
    other('e7').replace('Rockpools', '"a"b""'),
    other('e8').replace('Rockpools', '"a" "b"'),
    `${other('e9')},more`,
    other('e10').replace(',Logged In', ''),
    other('e11').replace('277.89016', '1e400'),
    other('e12').replace('277.89016', '-0.0'),
    other('e13').replace('277.89016', '-1.50'),
    other('e14').replace('277.89016', '"277.89016"'),
    other('e15').replace('1538352117000', '1538352117000.0'),
    other('e16').replace('1538352117000', ''),
    other('e17').replace('NextSong', ''),
    other('e18').replace('30,', ','),
    other('e19').replace('Rockpools', 'tab\tbell\u0007nul\u0000del\u007f'),
    '',
    '   ',
    ',,,,,,',
    csvHeader,
  ].join('\n'),
  'latin1.csv': Buffer.concat([
    Buffer.from(`${csvHeader}\n${other('l1')}\n`),
    Buffer.from(`${other('l2').replace('Rockpools', 'é')}\n`, 'latin1'),
    Buffer.from(other('l3')),
  ]),
  'control.csv': `${csvHeader}\n${other('k1').replace('Rockpools', 'a\u0001b')}\n${other('k2').replace('Rockpools', 'a\u0000b')}\n${other('k3').replace('Rockpools', 'a\rb')}\n`,
};
