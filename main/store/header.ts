/**
 * Reads what a database file says of itself without opening it, so that a file which must not be touched is not: SQLite
 * leaves `-wal` and `-shm` files behind at the first look. Formats: https://sqlite.org/fileformat2.html
 */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

export type Header = {
  version: number;
  applicationId: number;
  pageSize: number;
  /** Pages the file should have; 0 when an old writer left it unsaid. */
  pages: number;
  sizeBytes: number;
};

const headerBytes = 100;
const magic = 'SQLite format 3\0';

/** Null when there is no file or it is empty; `'foreign'` when it is not a SQLite database. */
export function readHeader(path: string): Header | 'foreign' | null {
  if (!existsSync(path)) return null;
  const file = openSync(path, 'r');
  try {
    const sizeBytes = fstatSync(file).size;
    if (sizeBytes === 0) return null;
    const page = newestFirstPage(`${path}-wal`) ?? readAt(file, 0, headerBytes);
    if (page.length < headerBytes || page.toString('latin1', 0, 16) !== magic) return 'foreign';
    return { ...parse(page), sizeBytes };
  } finally {
    closeSync(file);
  }
}

function parse(page: Buffer): Omit<Header, 'sizeBytes'> {
  const pageSize = page.readUInt16BE(16);
  const pagesAreCurrent = page.readUInt32BE(24) === page.readUInt32BE(92);
  return {
    version: page.readUInt32BE(60),
    applicationId: page.readUInt32BE(68),
    pageSize: pageSize === 1 ? 65_536 : pageSize,
    pages: pagesAreCurrent ? page.readUInt32BE(28) : 0,
  };
}

const walHeaderBytes = 32;
const frameHeaderBytes = 24;

/** The first page as last committed to the write-ahead log, when a crash left one behind: the file's own may be older. */
function newestFirstPage(walPath: string): Buffer | null {
  if (!existsSync(walPath)) return null;
  const file = openSync(walPath, 'r');
  try {
    const header = readAt(file, 0, walHeaderBytes);
    if (header.length < walHeaderBytes || (header.readUInt32BE(0) & 0xfffffffe) >>> 0 !== 0x377f0682) return null;
    return lastCommittedFirstPage(file, header);
  } finally {
    closeSync(file);
  }
}

/** Frames are valid while their salts are the header's and the running checksum holds; a size in a frame is a commit. */
function lastCommittedFirstPage(file: number, header: Buffer): Buffer | null {
  const bigEndian = (header.readUInt32BE(0) & 1) === 1;
  const frameBytes = frameHeaderBytes + header.readUInt32BE(8);
  let sum = checksum(header.subarray(0, 24), [0, 0], bigEndian);
  let seen: Buffer | null = null;
  let committed: Buffer | null = null;
  for (let at = walHeaderBytes; ; at += frameBytes) {
    const frame = readAt(file, at, frameBytes);
    if (frame.length < frameBytes || frame.compare(header, 16, 24, 8, 16) !== 0) return committed;
    sum = checksum(frame.subarray(frameHeaderBytes), checksum(frame.subarray(0, 8), sum, bigEndian), bigEndian);
    if (sum[0] !== frame.readUInt32BE(16) || sum[1] !== frame.readUInt32BE(20)) return committed;
    if (frame.readUInt32BE(0) === 1) seen = frame.subarray(frameHeaderBytes);
    if (frame.readUInt32BE(4) !== 0) committed = seen;
  }
}

function checksum(bytes: Buffer, start: [number, number], bigEndian: boolean): [number, number] {
  let [one, two] = start;
  for (let at = 0; at < bytes.length; at += 8) {
    const [left, right] = bigEndian
      ? [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)]
      : [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    one = (one + left + two) >>> 0;
    two = (two + right + one) >>> 0;
  }
  return [one, two];
}

function readAt(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(file, buffer, 0, length, position));
}
