/* Bytes for filling in: UTF-8, SHA-256, CRC-32 and stored zips; knows no page, so it runs under node too.
 *
 * Our files are stored zips, so no compressor is needed. The hash is written out because crypto.subtle is missing where
 * pages come over plain http, as on an intranet. */
((root) => {
  'use strict';
  const FillError = root.HandbookFill.FillError;

  function utf8(text) {
    const bytes = [];
    for (const character of text) {
      const code = character.codePointAt(0);
      if (code < 0x80) bytes.push(code);
      else if (code < 0x800) bytes.push(0xC0 | code >> 6, 0x80 | code & 63);
      else if (code < 0x10000) bytes.push(0xE0 | code >> 12, 0x80 | code >> 6 & 63, 0x80 | code & 63);
      else bytes.push(0xF0 | code >> 18, 0x80 | code >> 12 & 63, 0x80 | code >> 6 & 63, 0x80 | code & 63);
    }
    return Uint8Array.from(bytes);
  }

  function fromUtf8(bytes) {
    let text = '';
    for (let at = 0; at < bytes.length;) {
      const first = bytes[at];
      const more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
      let code = more ? first & (0x3F >> more) : first;
      for (let step = 1; step <= more; step += 1) code = code << 6 | bytes[at + step] & 63;
      text += String.fromCodePoint(code);
      at += more + 1;
    }
    return text;
  }

  const ROUNDS = [];
  const START = [];
  for (let number = 2; ROUNDS.length < 64; number += 1) {
    let prime = true;
    for (let by = 2; by * by <= number; by += 1) if (number % by === 0) prime = false;
    if (!prime) continue;
    if (START.length < 8) START.push(Math.pow(number, 1 / 2) % 1 * 4294967296 | 0);
    ROUNDS.push(Math.pow(number, 1 / 3) % 1 * 4294967296 | 0);
  }

  function sha256(bytes) {
    const length = (bytes.length + 72 >> 6) << 6;
    const padded = new Uint8Array(length);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(length - 4, bytes.length * 8);
    const state = START.slice();
    const words = new Int32Array(64);
    const turn = (word, by) => word >>> by | word << 32 - by;
    for (let block = 0; block < length; block += 64) {
      for (let i = 0; i < 64; i += 1) {
        if (i < 16) { words[i] = view.getInt32(block + i * 4); continue; }
        const a = words[i - 15];
        const b = words[i - 2];
        words[i] = (turn(b, 17) ^ turn(b, 19) ^ b >>> 10) + words[i - 7] +
          (turn(a, 7) ^ turn(a, 18) ^ a >>> 3) + words[i - 16];
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i += 1) {
        const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + ROUNDS[i] + words[i] | 0;
        const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, d + one | 0, c, b, a, one + two | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((word, index) => { state[index] = state[index] + word | 0; });
    }
    const digest = new DataView(new ArrayBuffer(32));
    state.forEach((word, index) => { digest.setInt32(index * 4, word); });
    return new Uint8Array(digest.buffer);
  }

  const CRC = [];
  for (let index = 0; index < 256; index += 1) {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? value >>> 1 ^ 0xEDB88320 : value >>> 1;
    CRC.push(value);
  }

  function crc32(bytes) {
    let value = -1;
    for (let at = 0; at < bytes.length; at += 1) value = CRC[(value ^ bytes[at]) & 255] ^ value >>> 8;
    return (value ^ -1) >>> 0;
  }

  /** The parts of a stored zip, each with its own headers: they are written again as they were. */
  function unzip(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = bytes.length - 22;
    const broken = () => { throw new FillError('这不是完整的Word文件，请重新下载模板'); };
    if (end < 0 || view.getUint32(end, true) !== 0x06054B50) broken();
    const parts = [];
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
      if (at + 46 > end || view.getUint32(at, true) !== 0x02014B50 || view.getUint16(at + 10, true)) broken();
      const size = view.getUint32(at + 20, true);
      const length = 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
      const local = view.getUint32(at + 42, true);
      const data = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const part = {
        name: fromUtf8(bytes.slice(at + 46, at + 46 + view.getUint16(at + 28, true))),
        local: bytes.slice(local, data), entry: bytes.slice(at, at + length), data: bytes.slice(data, data + size)
      };
      if (crc32(part.data) !== view.getUint32(at + 16, true)) broken();
      parts.push(part);
      at += length;
    }
    return parts;
  }

  function zip(parts) {
    const chunks = [];
    let offset = 0;
    const put = (bytes) => { chunks.push(bytes); offset += bytes.length; };
    const size = (bytes, at, part) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      view.setUint32(at, crc32(part.data), true);
      view.setUint32(at + 4, part.data.length, true);
      view.setUint32(at + 8, part.data.length, true);
      return view;
    };
    parts.forEach((part) => {
      part.at = offset;
      const local = part.local.slice();
      size(local, 14, part);
      put(local);
      put(part.data);
    });
    const start = offset;
    parts.forEach((part) => {
      const entry = part.entry.slice();
      size(entry, 16, part).setUint32(42, part.at, true);
      put(entry);
    });
    const end = new DataView(new ArrayBuffer(22));
    end.setUint32(0, 0x06054B50, true);
    end.setUint16(8, parts.length, true);
    end.setUint16(10, parts.length, true);
    end.setUint32(12, offset - start, true);
    end.setUint32(16, start, true);
    put(new Uint8Array(end.buffer));
    const out = new Uint8Array(offset);
    chunks.reduce((at, bytes) => { out.set(bytes, at); return at + bytes.length; }, 0);
    return out;
  }

  Object.assign(root.HandbookFill, { utf8, fromUtf8, sha256, crc32, unzip, zip });
})(typeof window === 'undefined' ? globalThis : window);
