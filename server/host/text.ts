/**
 * Bytes to text and back without loss. Valid UTF-8 reads as such; any other byte (GBK comments are common) becomes a
 * lone low surrogate U+DC80–U+DCFF, as Python's surrogateescape does, so that writing gives the same bytes again.
 */
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A byte order mark is kept: the daemon reads it as part of the first word. */
export const decode = (bytes: Uint8Array): string => {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeEscaped(bytes);
  }
};

const decodeEscaped = (bytes: Uint8Array): string => {
  const parts: string[] = [];
  let valid = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    if (at > valid) parts.push(strict.decode(bytes.subarray(valid, at)));
    parts.push(String.fromCharCode(0xdc00 + bytes[at]!));
    valid = ++at;
  }
  if (at > valid) parts.push(strict.decode(bytes.subarray(valid, at)));
  return parts.join("");
};

/** Length of the well-formed UTF-8 sequence at an offset; 0 when there is none (Unicode table 3-7). */
const sequenceLength = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const second = bytes[at + 1]!;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let index = 2; index < length; index++) if ((bytes[at + index]! & 0xc0) !== 0x80) return 0;
  return length;
};

export const encode = (text: string): Uint8Array => {
  if (!/[\udc80-\udcff]/u.test(text)) return new TextEncoder().encode(text);
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  let start = 0;
  const flush = (end: number): void => {
    if (end > start) for (const byte of encoder.encode(text.slice(start, end))) bytes.push(byte);
  };
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdbff) at++;
    else if (unit >= 0xdc80 && unit <= 0xdcff) {
      flush(at);
      bytes.push(unit - 0xdc00);
      start = at + 1;
    }
  }
  flush(text.length);
  return Uint8Array.from(bytes);
};

/** The mark at the beginning of what an editor of Windows may have saved. */
export const isUtf16 = (bytes: Uint8Array): boolean => (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

/**
 * Whether the bytes are no text at all. A NUL alone does not make them that: keepalived reports such a line and reads
 * on, so that it is a fault of a configuration to be told. But not one in a hundred, nor anywhere in what begins like a
 * format of its own.
 */
export const looksBinary = (bytes: Uint8Array): boolean => {
  const head = bytes.subarray(0, 8000);
  const first = head.indexOf(0);
  if (first < 0) return false;
  // Magic numbers have bytes that no text has: 0x7f of ELF, 0x89 of PNG, 0x1f of gzip.
  if (first < 4 || !isPlainText(head.subarray(0, Math.min(first, 64)))) return true;
  let nuls = 0;
  for (const byte of head) if (byte === 0) nuls++;
  return nuls * 100 > Math.max(head.length, 400);
};

/** Whether bytes are what text is made of: no control characters but blanks and line ends. */
const isPlainText = (bytes: Uint8Array): boolean => bytes.every((byte) => (byte >= 0x20 ? byte !== 0x7f : byte >= 0x09 && byte <= 0x0d));
