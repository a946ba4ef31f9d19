/** `content` as a Zstandard frame of raw blocks (RFC 8878), which Node 20 cannot make. */
export function zstd(content: string): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0]);
  header.writeUInt32LE(bytes.length, 5);
  const block = Buffer.alloc(3);
  block.writeUIntLE(1 + bytes.length * 8, 0, 3);
  return Buffer.concat([header, block, bytes]);
}
