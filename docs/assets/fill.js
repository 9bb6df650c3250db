/* Fills in our Word files: values in, bytes out. After fill-values.js and fill-bytes.js; runs under node too.
 *
 * Mirrors hooks/handbook/renderers/fill_docx.py: the same bytes for the same values (tests/unit/js/fill.test.js and
 * tests/browser/fill.test.js compare them), so it is string work on the shape that our writer gives, step by step alike. */
((root) => {
  'use strict';
  const own = root.HandbookFill;
  const DOCUMENT = 'word/document.xml';
  const CHARACTER = 315;                                   /* twips of a character of the body, tracking included */
  const NO_COPIES = '抄送：。';
  const ROOM = { portrait: 28, landscape: 40, ballot: 20 };  /* characters of a line */

  const SDT = /<w:sdt><w:sdtPr>([\s\S]*?)<\/w:sdtPr><w:sdtContent>([\s\S]*?)<\/w:sdtContent><\/w:sdt>/g;
  const RUN = /^<w:r><w:rPr><w:rStyle w:val="PlaceholderText"\/>([\s\S]*?)<\/w:rPr>[\s\S]*<\/w:r>$/;
  const TAG = /<w:tag w:val="([^"]*)"\/>/;
  const ID = /<w:id w:val="([0-9]+)"\/>/;
  const PIECE = /<w:tc>|<\/w:tc>|<w:p>[\s\S]*?<\/w:p>/g;
  const SPLITS = /^<w:p>(<w:pPr><w:pStyle w:val="GW(?:Body|Plain)"\/>[\s\S]*?<\/w:pPr>)([\s\S]*)<\/w:p>$/;
  const SECTION = /<w:sectPr\b[\s\S]*?<\/w:sectPr>/g;
  const ROW = /\s*<w:tr>[\s\S]*?<\/w:tr>/g;
  const SIGNATURE = new RegExp('(<w:p><w:pPr><w:pStyle w:val="GWSign"/>[\\s\\S]*?</w:p>)(\\s*)' +
    '(<w:p><w:pPr><w:pStyle w:val="GWDate"/>[\\s\\S]*?</w:p>)', 'g');
  const INDENT = /<w:ind w:rightChars="[^"]*" w:right="[^"]*"\/>/;
  const TEXT = /<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g;

  const DOUBLE_STOP = new RegExp('[，。；：、](</w:t></w:r></w:sdtContent></w:sdt><w:r><w:rPr>' +
    '<w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">)(?=[，。；：、])', 'g');

  /** All matches of a global pattern, as exec gives them. */
  function matches(pattern, text) {
    const found = [];
    const every = new RegExp(pattern.source, 'g');
    for (let match = every.exec(text); match; match = every.exec(text)) found.push(match);
    return found;
  }

  class Filler {
    constructor(fillable, values, lists) {
      this.fillable = fillable;
      this.lists = lists || {};
      this.given = values;
      this.finished = false;
      this.values = null;
      this.numbers = Object.create(null);
      this.seen = Object.create(null);
      this.inCell = false;
    }

    fill(xml) {
      matches(ID, xml).forEach((match) => { this.numbers[+match[1]] = true; });
      matches(TAG, xml).forEach((match) => { this.seen[match[1]] = (this.seen[match[1]] || 0) + 1; });
      this.finished = !own.openPlaces(this.fillable, this.given, this.lists, (id) => !this.seen[id]);
      this.values = this.texts(this.fillable.fields, this.given);
      this.fillable.lists.forEach((list) => {
        const entries = own.written(this.lists[list.id]);
        if (entries.length || this.finished) xml = this.list(xml, list, entries.length ? entries : [{}]);
      });
      this.inCell = false;
      xml = this.sign(xml.replace(PIECE, (piece) => this.piece(piece)));
      /* Who writes a whole sentence ends it; the form's own stop follows, and one of the two is enough. */
      xml = xml.replace(DOUBLE_STOP, '$1');
      /* 版记 has no line for copies that go to nobody. */
      return this.finished ? xml.replace(ROW, (row) => (visible(row) === NO_COPIES ? '' : row)) : xml;
    }

    /** The value of each field that has one; a finished document has an empty text for the others. */
    texts(fields, values) {
      const texts = Object.create(null);
      fields.forEach((field) => {
        const text = own.normal(values[field.id]);
        if (text || this.finished) texts[field.id] = text;
      });
      return texts;
    }

    /** The row with the list's fields, once for each entry; empty rows stay as far as fewer came than were there. */
    list(xml, list, entries) {
      const tags = own.byId(list.fields);
      const first = matches(TAG, xml).filter((match) => tags[match[1]])[0];
      const begin = first ? xml.lastIndexOf('<w:tr>', first.index) : -1;
      if (begin < 0) throw new own.FillError('文件里没有表“' + list.title + '”的那一行，请下载最新的模板再填');
      const end = xml.indexOf('</w:tr>', first.index) + '</w:tr>'.length;
      const after = xml.indexOf('</w:tbl>', end);
      const template = xml.slice(begin, end);
      const rest = xml.slice(end, after);
      const spare = matches(ROW, rest).map((match) => match[0]);
      const tail = rest.slice(spare.join('').length);
      const made = entries.map((entry, index) => {
        // The first row stays with the next; if its copies did too, the table could not be parted at all.
        const copied = index ? template.split('<w:keepNext/>').join('') : template;
        const row = index && list.numbered ? numbered(copied, index + 1) : copied;
        const texts = this.texts(list.fields, entry);
        if (own.written([entry]).length) {
          list.fields.forEach((field) => { if (field.optional && !(field.id in texts)) texts[field.id] = ''; });
        }
        return this.controls(row, list.fields, texts, index > 0);
      });
      return xml.slice(0, begin) + made.join('\n') + spare.slice(entries.length - 1).join('') + tail + xml.slice(after);
    }

    /** One paragraph filled in; cells only say where we are. */
    piece(piece) {
      if (piece === '<w:tc>' || piece === '</w:tc>') {
        this.inCell = piece === '<w:tc>';
        return piece;
      }
      if (piece.indexOf('<w:sdt>') < 0) return piece;
      const body = this.inCell ? null : SPLITS.exec(piece);
      return body ? this.split(body[1], body[2]) : this.controls(piece, this.fillable.fields, this.values, false);
    }

    /** The controls of these fields filled in; in a copied row every control gets a number of its own. */
    controls(xml, fields, texts, copy) {
      const known = own.byId(fields);
      return xml.replace(SDT, (whole, before, content) => {
        const tag = tagOf(before);
        const settings = copy ? this.renumbered(before, tag) : before;
        if (!(tag in texts)) return control(settings, content);
        return filled(settings, content, texts[tag], own.shown(known[tag], texts[tag]));
      });
    }

    /** A body paragraph as many paragraphs as its values have lines. */
    split(settings, content) {
      const fields = own.byId(this.fillable.fields);
      const paragraphs = [''];
      let position = 0;
      matches(SDT, content).forEach((match) => {
        paragraphs[paragraphs.length - 1] += content.slice(position, match.index);
        position = match.index + match[0].length;
        const tag = tagOf(match[1]);
        if (!(tag in this.values)) {
          paragraphs[paragraphs.length - 1] += match[0];
          return;
        }
        own.shown(fields[tag], this.values[tag]).split('\n').forEach((line, index) => {
          if (index) paragraphs.push('');
          const sdt = index ? this.renumbered(match[1], tag) : match[1];
          paragraphs[paragraphs.length - 1] += filled(sdt, match[2], this.values[tag], line);
        });
      });
      const last = paragraphs.length - 1;
      paragraphs[last] += content.slice(position);
      return paragraphs.map((paragraph, index) => {
        let kept = index ? settings.split('<w:pageBreakBefore/>').join('') : settings;
        /* What is bound to the next block, and the end of a section, belong to the last line alone. */
        if (index < last) kept = kept.split('<w:keepNext/>').join('').replace(SECTION, '');
        return '<w:p>' + kept + paragraph + '</w:p>';
      }).join('\n');
    }

    /** A copied control with the number that the writer gives a control of this tag when it comes once more. */
    renumbered(settings, tag) {
      this.seen[tag] = (this.seen[tag] || 0) + 1;
      const digest = own.sha256(own.utf8(tag + '#' + this.seen[tag]));
      let number = (((digest[0] & 0x7F) << 24) | (digest[1] << 16) | (digest[2] << 8) | digest[3]) || 1;
      while (this.numbers[number]) number = number % 0x7FFFFFFF + 1;
      this.numbers[number] = true;
      return settings.replace(ID, '<w:id w:val="' + number + '"/>');
    }

    /** Signatures indented by what they say now. */
    sign(xml) {
      let place = 0;
      return xml.replace(SIGNATURE, (whole, organ, between, date) => {
        const signed = this.fillable.signatures[place];
        if (!signed) return whole;
        const indents = signatureIndents(visible(organ), visible(date), signed.seal, ROOM[signed.paper]);
        place += 1;
        return indented(organ, indents[0]) + between + indented(date, indents[1]);
      });
    }
  }

  function numbered(row, number) {
    const end = row.indexOf('</w:tc>');
    return row.slice(0, end).replace(runText('1'), runText(String(number))) + row.slice(end);
  }

  function tagOf(settings) {
    const match = TAG.exec(settings);
    return match ? match[1] : '';
  }

  function control(settings, content) {
    return '<w:sdt><w:sdtPr>' + settings + '</w:sdtPr><w:sdtContent>' + content + '</w:sdtContent></w:sdt>';
  }

  /** A control that no longer shows its placeholder. */
  function filled(settings, content, value, text) {
    const run = RUN.exec(content);
    if (!run || settings.indexOf('<w:showingPlcHdr/>') < 0) {
      throw new own.FillError('栏目“' + tagOf(settings) + '”已经填过，或者不是本手册的栏目，请用空白的模板填写');
    }
    settings = settings.split('<w:showingPlcHdr/>').join('');
    if (value) settings = settings.split('<w:date>').join('<w:date w:fullDate="' + value + 'T00:00:00Z">');
    const words = text.split('\n').map(runText).join('<w:br/>');
    return control(settings, '<w:r><w:rPr>' + run[1] + '</w:rPr>' + words + '</w:r>');
  }

  function runText(text) {
    const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    return '<w:t xml:space="preserve">' + escaped + '</w:t>';
  }

  /** The words of a paragraph, to measure them. */
  function visible(xml) {
    const names = { '&lt;': '<', '&gt;': '>', '&#34;': '"', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
    return matches(TEXT, xml).map((match) => match[1]).join('')
      .replace(/&(?:lt|gt|#34|quot|#39|amp);/g, (name) => names[name]);
  }

  function indented(paragraph, right) {
    const indent = '<w:ind w:rightChars="' + even(right * 100) + '" w:right="' + even(right * CHARACTER) + '"/>';
    return paragraph.replace(INDENT, () => indent);
  }

  /** Rounded as Python does: a half goes to the even number. */
  function even(number) {
    const low = Math.floor(number);
    if (number - low !== 0.5) return Math.round(number);
    return low % 2 ? low + 1 : low;
  }

  /* Characters as wide as a Han character (East_Asian_Width W, F, A): gap since the last range and its length, base 36. */
  const WIDE = (
    '4h 3 3.1 2 3.1 2.4 2.4 2.3 7 a 7.1 6.3 5 2.2 2.1 3 2.1 4.3 2 2 3 g 2 8 b.1 4 6.2 5 7.3 2 4.3 2 5.1 j.1 4 ' +
    '2r 2 2 2 2 2 2 2 39 g 2r 3 2.2 2 3 8.3 2 2 x.33 y.o 8.g 2.6 1k f.1r 2 2i7.2n 2wh 3.3 2.1 3.1 3.2 2.3 9 ' +
    '2.1 2 6 3 1i b 2.3 14 2f 2 4 a 3 b.1 4 5 14.1 7.3 2.b 5.9 g 7.9 v.1 p 2 j p 2.1 4.1 3 4 2 4 5 3.3 3 2 ' +
    '2.5 2 6.3 5.1 b 4 6 e.1 3.3 3.1 3.1 j.1 3.1 e 4 c q 2b 8.1 e.1 5b.3 4 3 31.3t 2.2o 5.z d.f 3.3 b.1 2.6 ' +
    '9.1 3.1 5.1 3.1 5.2 3 3.3 h.3 a e.1 7.1 3 5.1 5.1 7 2 y 2 6.b d.1 2.2 2.3 2.1 2 g k b.1 2 9.1 i.2 5.t 2 ' +
    '5.n 6 5.1 t l f 2 5.2 2 v.9 m.2 p f nw.1 1g 5.4 mf.ce 3.5tq 1t.h52 wq.s hw.8mb 1nh.5ax mf.p n.1n 46.2n ' +
    '3k.6 n m3n.d97 c21 5n 1d.a 6.t 3.1l 7.1o 2c.80 d.8 2.1x 2.l d.16 5.4 d.g 4 4.1y 2 2.56 3.1q e.3 2.n j ' +
    'r.1 e 2f.2c 1d.1x 7 4.2 3.a c.1 8.8 6c.g 7w.1a 2.9 2.54 35.3q zu.1idm fcmu.47i5'
  ).split(' ').reduce((ranges, word) => {
    const parts = word.split('.').map((part) => parseInt(part, 36));
    const first = (ranges.length ? ranges[ranges.length - 1][1] : 0) + parts[0];
    ranges.push([first, first + (parts[1] || 0)]);
    return ranges;
  }, []);

  function isWide(code) {
    let low = 0;
    let high = WIDE.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (code < WIDE[middle][0]) high = middle - 1;
      else if (code > WIDE[middle][1]) low = middle + 1;
      else return true;
    }
    return false;
  }

  function widthOf(text) {
    let width = 0;
    for (const character of text) width += isWide(character.codePointAt(0)) ? 1 : 0.5;
    return width;
  }

  /** Right indents of organ and date in characters: gbt9704.signature_indents. */
  function signatureIndents(organ, date, seal, room) {
    const organWidth = widthOf(organ);
    const dateWidth = widthOf(date);
    let organRight = 2;
    let dateRight = 4;
    if (seal) {
      organRight = dateRight + (dateWidth - organWidth) / 2;
      if (organRight < 0) { dateRight -= organRight; organRight = 0; }
    } else {
      dateRight = organRight + organWidth - 2 - dateWidth;
      if (dateRight < 2) { organRight += 2 - dateRight; dateRight = 2; }
    }
    return [
      Math.max(0, Math.min(organRight, room - organWidth)), Math.max(0, Math.min(dateRight, room - dateWidth))
    ];
  }

  /** The file with these values in it; throws a FillError before anything is made. */
  function fill(docx, fillable, values, lists) {
    const problems = own.entryProblems(fillable, values, lists);
    if (problems.length) throw new own.FillError(problems.join('；'));
    const parts = own.unzip(docx);
    const part = parts.filter((item) => item.name === DOCUMENT)[0];
    if (!part) throw new own.FillError('这个文件里没有' + DOCUMENT + '，不是本手册的Word文件');
    const xml = new Filler(fillable, values, lists).fill(own.fromUtf8(part.data));
    if (root.DOMParser && new root.DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror')) {
      throw new own.FillError('填好的' + DOCUMENT + '不完整，没有生成文件');
    }
    part.data = own.utf8(xml);
    return own.zip(parts);
  }

  Object.assign(own, { ROOM, widthOf, signatureIndents, fill });
})(typeof window === 'undefined' ? globalThis : window);
