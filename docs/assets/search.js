/* The handbook's search: one classic script (ES2018), no dependency, no request, no index to build.
 *
 *   const engine = new HandbookSearch(core);      // titles and aliases answer at once
 *   engine.addBody(body);                         // the text, when its file has arrived
 *   engine.search('公示几天')                      // -> {hits, groups, corrected, loose, marks, words}
 *   engine.snippet(hit, marks) · engine.nearest('公市')
 *
 * A query goes: read (traditional, article number, kinds asked for) -> names (title and aliases) -> text (pairs of
 * characters, looked up by scanning) -> other readings, only where no name holds the words (pinyin, initials,
 * homophones, swapped or wrong characters). The numbers were tuned on a development set of queries. The class knows no
 * document, so the same file answers in a browser and in a test; it is one file because the page loads one script. */
(function (root) {
  'use strict';

  const HAN = /[\u3400-\u9fff]/;
  const LETTERS = /^[a-z]+$/;
  const RUNS = /[\u3400-\u9fff]+|[0-9a-z%]+/g;
  const DIGITS = '零一二三四五六七八九';
  const LONGEST = 80;        /* characters of a query that are looked at */
  const SHORT = 5;           /* hits of a kind before 更多 */
  const RAREST = 0.45;      /* of the greatest rarity that a pair can have */
  const HEADING = 0.5;
  const FAR = -0.15;         /* kinds that weigh less stand behind everything else */
  const NEAR = 0.5;          /* of the best score of a kind: what is shown at once */
  const LEAST = 0.25;        /* a page that scores less is no hit */
  /* Characters that hold a sentence together: a pair with one of them says little about the matter, unless it is part of
   * a title (纪要, 功能). They are weighed down, not dropped: 是什么 still tells a question from a title. */
  const FAINT = /时候|[的了么什怎吗呢吧哪谁要就还是在能可把被给让和与都也很又这那我你他]/;
  const PAPERS = new Set(['模板', '台账']); /* whoever asks for one of these wants a paper, not an explanation */

  function chineseNumber(text) {
    if (/^\d+$/.test(text)) return Number(text);
    const [tens, ones] = text.includes('十') ? text.split('十') : ['零', text];
    return (tens ? DIGITS.indexOf(tens) : 1) * 10 + (ones ? DIGITS.indexOf(ones) : 0);
  }

  /* One long string and the start of each line in it: looking things up needs no index. */
  function makeField(joined) {
    const starts = [0];
    for (let at = joined.indexOf('\n'); at >= 0; at = joined.indexOf('\n', at + 1)) starts.push(at + 1);
    return { joined, starts };
  }

  function nameScore(chunk, text) {
    const a = chunk.length;
    const b = text.length;
    if (text === chunk) return 1;
    if (text.startsWith(chunk)) return a > 1 ? 0.35 + 0.12 * a / b : 0.15;
    if (text.includes(chunk)) return a > 1 ? 0.28 + 0.17 * a / b : 0.1;
    return b > 1 && chunk.includes(text) ? 0.18 + 0.27 * b / a : 0;
  }

  class HandbookSearch {
    constructor(core, body) {
      this.core = core;
      this.cache = new Map();
      this.simple = new Map();
      const pairs = Array.from(core.traditional);
      for (let i = 0; i < pairs.length; i += 2) this.simple.set(pairs[i], pairs[i + 1]);
      this.reading = new Map();
      for (const syllable of Object.keys(core.syllables)) {
        for (const character of core.syllables[syllable]) this.reading.set(character, syllable);
      }
      this.askWords = [];
      for (const kind of Object.keys(core.asks)) for (const word of core.asks[kind]) this.askWords.push({ kind, word });
      this.names = [];
      const labels = [];
      core.pages.forEach((page, number) => {
        const own = [page[1]].concat(page.slice(4));
        own.forEach((name, i) => this.names.push(this.makeName(name, number, i ? 0.96 : 1)));
        labels.push(own.map((name) => this.normal(name)).join(' '));
      });
      this.titles = core.pages.map((page) => this.normal(page[1]).replace(/\s+/g, ''));
      this.titleText = this.titles.join('\n');
      /* Units' own papers have hundreds of titles: pinyin and misspellings are not read against them. */
      this.readable = this.names.filter((name) => this.prior(name.page) > FAR);
      this.labelLines = labels;
      this.labels = makeField(labels.join('\n'));
      if (body) this.addBody(body);
    }

    addBody(body) {
      const total = body.counts.reduce((sum, count) => sum + count, 0);
      const lines = (joined) => (total ? joined.split('\n') : []);
      this.anchors = lines(body.anchors);
      this.headLines = lines(body.heads);
      this.textLines = lines(body.texts);
      this.heads = makeField(body.heads.toLowerCase());
      this.texts = makeField(body.texts.toLowerCase());
      this.pageOf = new Int32Array(total);
      this.first = [0];
      body.counts.forEach((count, page) => {
        const at = this.first[page];
        this.pageOf.fill(page, at, at + count);
        this.first.push(at + count);
      });
      this.cache.clear();
    }

    /* The ranking. `literal` leaves the other readings out: what a reader asks for who undoes a correction. */
    search(query, options) {
      const wish = Object.assign({ literal: false, limit: 40 }, options);
      const asked = this.read(query);
      const { chunks } = asked;
      const count = this.core.pages.length;
      const state = {
        scores: new Float64Array(count), best: new Int32Array(count).fill(-1), via: new Int8Array(count),
      };
      const readings = [];
      let loose = false;
      if (chunks.length) {
        if (chunks.some((chunk) => !LETTERS.test(chunk))) this.score(chunks, state, asked, { weight: 1 });
        else if (asked.latin.every((word) => this.known(word))) this.score(asked.latin, state, asked, { weight: 1 });
        if (!wish.literal) {
          for (const other of this.readings(chunks)) {
            readings.push(other.parts.join(' '));
            this.score(other.parts, state, asked, { weight: other.weight, via: readings.length });
          }
        }
        loose = state.scores.every((score) => score < 0.3);
        if (loose) this.score(chunks, state, asked, { weight: 0.6, single: true });
      } else if (asked.article) {
        this.scoreArticle(state, asked.article);
      }
      const order = Array.from(state.scores.keys()).filter((page) => state.scores[page] > LEAST)
        .sort((a, b) => state.scores[b] - state.scores[a] || a - b).slice(0, wish.limit);
      const helped = order.slice(0, 10).find((page) => state.via[page]);
      const corrected = helped === undefined ? '' : readings[state.via[helped] - 1];
      const words = chunks.concat(corrected ? corrected.split(' ') : []);
      const marks = Array.from(this.tokens(words)).filter((entry) => entry[1] === 1 && !FAINT.test(entry[0]))
        .map((entry) => entry[0]);
      const hits = order.map((page) => this.hit(page, state.best[page], state.scores[page]));
      return { hits, groups: this.groups(hits), corrected, loose, marks, words };
    }

    /* Hits by kind, the kind of the best hit first. `short` is how many to show at once: five, without those that fit
     * far worse than the best of their kind; but where a later kind still holds one of the three best hits only those
     * of the three, so that grouping pushes none of them down. */
    groups(hits) {
      const kinds = new Map();
      for (const hit of hits) kinds.set(hit.kind, (kinds.get(hit.kind) || []).concat(hit));
      const leading = hits.slice(0, 3);
      const near = (hit, best) => leading.includes(hit) || !(hit.score < NEAR * best.score);
      const list = Array.from(kinds, ([kind, own]) => (
        { kind, hits: own, short: Math.min(SHORT, own.filter((hit) => near(hit, own[0])).length) }));
      list.forEach((group, i) => {
        const later = list.slice(i + 1).some((other) => leading.includes(other.hits[0]));
        if (later) group.short = group.hits.filter((hit) => leading.includes(hit)).length;
      });
      return list;
    }

    /* Pages whose names look or sound most like the query: what to offer when nothing was found. */
    nearest(query, limit) {
      const text = this.normal(query).replace(/[^0-9a-z\u3400-\u9fff]+/g, '').slice(0, 24);
      const best = new Map();
      for (const name of text ? this.readable : []) {
        const forms = LETTERS.test(text) ? [name.read.join(''), name.initials] : [name.text];
        const likeness = Math.max(...forms.map((form) => this.likeness(text, form)));
        if (likeness > 0.1 && likeness > (best.get(name.page) || 0)) best.set(name.page, likeness);
      }
      return Array.from(best).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, limit || 5)
        .map(([page, likeness]) => this.hit(page, -1, likeness));
    }

    /* The 80 characters of a hit's section with most matches. */
    snippet(hit, marks) {
      const text = hit.section < 0 ? '' : this.textLines[hit.section];
      let from = 0;
      let most = -1;
      for (let at = 0; at < Math.max(1, text.length - 40); at += 20) {
        const piece = text.slice(at, at + 80).toLowerCase();
        const found = marks.filter((mark) => piece.includes(mark)).length;
        if (found > most) { most = found; from = at; }
      }
      return (from ? '…' : '') + text.slice(from, from + 80) + (from + 80 < text.length ? '…' : '');
    }

    /* ---- reading the query ---- */

    normal(text) {
      const folded = text.normalize('NFKC').toLowerCase().replace(/[\u200b-\u200d\ufeff]/g, '');
      return Array.from(folded, (character) => this.simple.get(character) || character).join('');
    }

    /* What was typed, taken apart: article number, kinds asked for, chunks between spaces and signs. */
    read(query) {
      let text = this.normal(query.slice(0, LONGEST)).slice(0, LONGEST).replace(/[üǖǘǚǜ]/g, 'v')
        .normalize('NFD').replace(/[\u0300-\u036f]/g, '');
      const asked = { article: 0, kinds: new Set(), chunks: [], latin: [] };
      const take = (all, number) => { asked.article = chineseNumber(number); return ' '; };
      text = text.replace(/第?\s*(\d{1,3}|[一二三四五六七八九十]{1,4})\s*条(?!例)/, take);
      asked.kinds = this.kindsAsked(text);
      if (!asked.article && asked.kinds.has('依据')) text = text.replace(/\s(\d{1,3})(?=\s|$)/, take);
      const chunks = text.split(/[^0-9a-z\u3400-\u9fff%]+/).filter(Boolean);
      asked.latin = chunks;
      /* pinyin is typed with or without spaces */
      asked.chunks = chunks.length && chunks.every((chunk) => LETTERS.test(chunk)) ? [chunks.join('')] : chunks;
      return asked;
    }

    /* A word counts anywhere, a single character only at the end of a word (签到表, not 表决) and only where no
     * longer word of the list ends there (名单 asks for no 单). */
    kindsAsked(text) {
      const kinds = new Set();
      const ends = text.split(/[^0-9a-z\u3400-\u9fff%]+/).filter((chunk) => chunk.length > 1);
      ends.push(text.trim());
      for (const { kind, word } of this.askWords) {
        const single = word.length === 1;
        const longer = (end) => this.askWords.some((other) => other.word.length > 1 && end.endsWith(other.word));
        if (single ? ends.some((end) => end.endsWith(word) && !longer(end)) : text.includes(word)) kinds.add(kind);
      }
      return kinds;
    }

    known(token) {
      return this.find('labels', token).size > 0 || (this.pageOf ? this.find('texts', token).size > 0 : false);
    }

    /* Pairs of characters (whole runs of letters and digits) -> weight; synonyms of what was typed weigh less. */
    tokens(chunks, single) {
      if (single) return new Map(Array.from(chunks.join('')).filter((c) => HAN.test(c)).map((c) => [c, 1]));
      const list = new Map();
      for (const chunk of chunks) {
        for (const run of chunk.match(RUNS) || []) {
          if (!HAN.test(run) || run.length === 1) list.set(run, 1);
          else for (let i = 0; i + 2 <= run.length; i++) list.set(run.slice(i, i + 2), 1);
        }
      }
      for (const group of this.core.synonyms) {
        const hit = group.find((word) => word.length > 1 && chunks.some((chunk) => chunk.includes(word)));
        for (const other of hit ? group : []) {
          for (let i = 0; other !== hit && i + 2 <= other.length; i++) {
            const token = other.slice(i, i + 2);
            if (!list.has(token)) list.set(token, 0.35);
          }
        }
      }
      return list;
    }

    /* ---- scores ---- */

    prior(page) {
      return this.core.prior[this.core.kinds[this.core.pages[page][2]]] || 0;
    }

    /* Scores of all pages for one reading of the query; a page keeps its best. */
    score(parts, state, asked, how) {
      const { pages, kinds } = this.core;
      const byName = this.nameScores(parts);
      const whole = parts.join('');
      const text = this.textScores(parts, how.single, whole.length < 2);
      for (let page = 0; page < pages.length; page++) {
        if (!byName[page] && !text.somewhere[page]) continue;
        let top = 0;
        let at = -1;
        let aim = 0.06 * text.mass; /* less is chance: then the top of the page opens */
        for (let s = text.points ? this.first[page] : 0; text.points && s < this.first[page + 1]; s++) {
          if (text.points[s] > top) top = text.points[s];
          const own = text.aims[s] * (this.special(s) ? 1 : 0.75);
          if (own > aim) { aim = own; at = s; }
        }
        /* whoever types (part of) the title wants the page, not a place in it */
        if (this.titles[page].includes(whole)) at = -1;
        /* an alias opens a place only where a heading says so too: 转正, not 入党流程 */
        else if (at >= 0 && this.labelLines[page].includes(whole) && !this.headLines[at].includes(whole)) at = -1;
        const kind = kinds[pages[page][2]];
        let value = 1.1 * byName[page] + Math.min(1.3, (text.label[page] + top) / text.mass)
          + 0.5 * Math.min(1, text.somewhere[page] / text.mass) + this.prior(page);
        if (asked.kinds.has(kind)) value += PAPERS.has(kind) ? 0.4 : 0.2;
        const article = asked.article && byName[page] > 0.15 ? this.article(page, asked.article) : -1;
        if (article >= 0) { value += 1.6; at = article; }
        value *= how.weight;
        if (value > state.scores[page]) {
          state.scores[page] = value;
          state.best[page] = at;
          state.via[page] = how.via || 0;
        }
      }
    }

    /* The first lines of a page and what is headed by a question (什么时候做) speak of everything. */
    special(section) {
      const head = this.headLines[section];
      return Boolean(this.anchors[section]) && !(head.length < 6 && FAINT.test(head));
    }

    /* Only 第13条 was typed: every regulation that has one. */
    scoreArticle(state, number) {
      for (let page = 0; page < this.core.pages.length; page++) {
        state.best[page] = this.article(page, number);
        if (state.best[page] >= 0) state.scores[page] = 1 + this.prior(page);
      }
    }

    article(page, number) {
      if (!this.pageOf) return -1;
      for (let s = this.first[page]; s < this.first[page + 1]; s++) if (this.anchors[s] === 'article-' + number) return s;
      return -1;
    }

    /* Per page: how well its best name fits; several words add up by length, synonyms are tried in place. */
    nameScores(parts) {
      const count = this.core.pages.length;
      const whole = parts.join('');
      const variants = parts.map((part) => {
        const out = [[part, 1]];
        for (const group of this.core.synonyms) {
          const hit = group.find((word) => part.includes(word));
          for (const other of hit ? group : []) if (other !== hit) out.push([part.split(hit).join(other), 0.85]);
        }
        return out;
      });
      const own = new Float64Array(count);
      const each = parts.map(() => new Float64Array(count));
      for (const { page, text, weight } of this.names) {
        own[page] = Math.max(own[page], nameScore(whole, text) * weight);
        variants.forEach((list, i) => {
          for (const [part, w] of list) each[i][page] = Math.max(each[i][page], nameScore(part, text) * weight * w);
        });
      }
      const total = whole.length;
      return own.map((value, page) => Math.max(value,
        parts.reduce((sum, part, i) => sum + each[i][page] * part.length / total, 0)));
    }

    /* Sums of token rarities: `label` per page, `points` per section, `somewhere` per page wherever the token stands,
     * `mass` of the query. `aims` chooses the section to open: there the page's own name tells little. */
    textScores(parts, single, namesOnly) {
      const count = this.core.pages.length;
      const lines = this.pageOf && !namesOnly ? this.pageOf.length : 0;
      const none = new Map();
      const out = { label: new Float64Array(count), somewhere: new Float64Array(count), mass: 0 };
      if (lines) { out.points = new Float64Array(lines); out.aims = new Float64Array(lines); }
      const whole = parts.join('');
      const heads = new Map();
      /* what stands in two places of the whole book is as likely the seam of two words (最后|归档) as a rare word */
      const most = RAREST * Math.log(1 + (lines || count));
      for (const [token, share] of this.tokens(parts, single)) {
        const inLabels = this.find('labels', token);
        const inHeads = lines ? this.find('heads', token) : none;
        const inTexts = lines ? this.find('texts', token) : none;
        const faint = FAINT.test(token) && !this.titleText.includes(token);
        /* what no name and hardly a heading holds is seldom a word of the matter */
        const weight = (faint ? 0.2 : !lines || inLabels.size || inHeads.size > 2 ? 1 : 0.5) * share;
        const rarity = Math.min(most, Math.log(1 + (lines || count) / (1 + inLabels.size * 2 + inTexts.size))) * weight;
        if (share === 1) out.mass += inLabels.size || inTexts.size || inHeads.size ? rarity : 0.3 * rarity;
        const seen = new Set();
        inLabels.forEach((n, page) => {
          out.label[page] += (this.titles[page].includes(token) ? 1.2 : 1) * rarity;
          seen.add(page);
        });
        const tell = this.telling(token, inLabels, inHeads, inTexts);
        inHeads.forEach((n, s) => {
          const page = this.pageOf[s];
          if (!inLabels.has(page)) out.points[s] += 0.75 * rarity;
          const worth = tell(page, true) * rarity;
          out.aims[s] += 0.75 * worth;
          heads.set(s, (heads.get(s) || 0) + worth);
          seen.add(page);
        });
        inTexts.forEach((n, s) => {
          const page = this.pageOf[s];
          const worth = rarity * (0.45 + 0.2 * n / (n + 1));
          out.points[s] += inLabels.has(page) || inHeads.has(s) ? 0.02 * rarity : worth;
          out.aims[s] += inHeads.has(s) ? 0.02 * rarity : tell(page, false) * worth;
          seen.add(page);
        });
        seen.forEach((page) => { out.somewhere[page] += rarity; });
      }
      out.mass = out.mass || 1;
      /* of several headings the one that has more of the query's characters, and then the one that has little else */
      const own = Array.from(new Set(whole)).filter((c) => HAN.test(c) && !FAINT.test(c));
      heads.forEach((worth, s) => {
        const head = this.headLines[s];
        const shared = own.filter((c) => head.includes(c)).length;
        out.aims[s] += worth * (0.4 * shared / (own.length || 1) + 0.2 * Math.min(1, shared / head.length));
        /* a heading typed as part of the query names the place, as an alias does the page */
        if (head.length > 1 && head.length < whole.length && whole.includes(head)) {
          const extra = HEADING * out.mass * head.length / whole.length;
          out.points[s] += extra;
          out.aims[s] += extra;
        }
      });
      /* a heading that is nearly the query itself */
      if (lines) {
        this.find('heads', whole).forEach((n, s) => {
          if (whole.length > 0.6 * this.headLines[s].length) out.aims[s] += out.mass;
        });
      }
      return out;
    }

    /* How much a token says about the section to open, by its heading or its text. On a page that has the token in its
     * title, little; in an alias, more, since aliases often name a part (预备党员转正); nothing once half of the
     * sections hold it. */
    telling(token, inLabels, inHeads, inTexts) {
      const holders = [new Map(), new Map()];
      const count = (s, map) => map.set(this.pageOf[s], (map.get(this.pageOf[s]) || 0) + 1);
      if (inLabels.size) {
        inHeads.forEach((n, s) => count(s, holders[1]));
        inTexts.forEach((n, s) => count(s, holders[0]));
      }
      return (page, heading) => {
        if (!inLabels.has(page)) return 1;
        const share = (holders[Number(heading)].get(page) || 0) / (this.first[page + 1] - this.first[page]);
        return Math.max(0, this.titles[page].includes(token) ? 0.3 - 0.6 * share : 1 - 2 * share);
      };
    }

    /* Lines of a field that hold a token, with the number of times. Remembered, since people type on. */
    find(fieldName, token) {
      const key = fieldName + token;
      if (this.cache.has(key)) return this.cache.get(key);
      const hits = new Map();
      const { joined, starts } = this[fieldName];
      let line = 0;
      for (let at = joined.indexOf(token); at >= 0; at = joined.indexOf(token, at + token.length)) {
        let high = starts.length - 1;
        if (line < high && starts[line + 1] > at) high = line;
        while (line < high) {
          const middle = (line + high + 1) >> 1;
          if (starts[middle] <= at) line = middle; else high = middle - 1;
        }
        hits.set(line, (hits.get(line) || 0) + 1);
      }
      if (this.cache.size > 400) this.cache.clear();
      this.cache.set(key, hits);
      return hits;
    }

    hit(page, section, score) {
      const [url, title, kind, badge] = this.core.pages[page];
      const out = { page, url, title, kind: this.core.kinds[kind], badge, score, section, heading: '' };
      if (section >= 0) {
        if (this.anchors[section]) out.url = url.split('#')[0] + '#' + this.anchors[section];
        out.heading = this.headLines[section];
      } else if (this.pageOf && this.first[page] < this.first[page + 1]) {
        out.section = this.first[page]; /* the page as a whole: shown by its first lines */
      }
      return out;
    }

    /* ---- other readings ---- */

    makeName(name, page, weight) {
      const text = this.normal(name).replace(/\s+/g, '');
      const odd = this.core.odd[name];
      const han = Array.from(text).filter((c) => this.reading.has(c)).join('');
      const plain = Array.from(han, (c) => this.reading.get(c));
      const read = odd && odd.length === plain.length ? odd : plain;
      const initials = read.map((syllable) => syllable[0]).join('');
      return { text, page, weight, han, plain, read, initials, sorted: Array.from(text).sort().join('') };
    }

    /* The query with one chunk, which no name holds, read otherwise: [{parts, weight}], at most three per chunk. */
    readings(chunks) {
      const out = [];
      chunks.forEach((chunk, i) => {
        const letters = LETTERS.test(chunk);
        if (!letters && this.names.some((name) => name.text.includes(chunk))) return;
        const found = new Map();
        const add = (text, weight) => {
          if (!text || text === chunk) return;
          const old = found.get(text) || { weight: 0, count: 0 };
          found.set(text, { weight: Math.max(old.weight, weight), count: old.count + 1 });
        };
        if (letters) this.fromPinyin(chunk.replace(/([ln])ue/g, '$1ve'), add);
        else if (HAN.test(chunk) && chunk.length > 1) this.fromHan(chunk, add, found);
        const ranked = Array.from(found, ([text, { weight, count }]) => (
          { text, weight, rank: weight + Math.min(0.05, count * 0.005) }));
        ranked.sort((a, b) => b.rank - a.rank || a.text.length - b.text.length);
        for (const { text, weight } of ranked.slice(0, 3)) {
          out.push({ parts: chunks.map((other, j) => (j === i ? text : other)), weight });
        }
      });
      return out;
    }

    /* Initials (three letters, or those of a whole name) and pinyin, full or with the last syllable half typed. */
    fromPinyin(chunk, add) {
      const length = chunk.length;
      if (length < 2) return;
      for (const { initials, han, read } of this.readable) {
        const n = initials.length;
        for (let from = initials.indexOf(chunk); from >= 0; from = initials.indexOf(chunk, from + 1)) {
          const weight = n === length ? 0.98 : from === 0 ? 0.9 : 0.8;
          if (length > 2 || n === length) add(han.slice(from, from + length), weight);
        }
        for (let from = 0; from < n && length > 2; from++) {
          let rest = chunk;
          let to = from;
          while (to < n && rest && rest.startsWith(read[to])) rest = rest.slice(read[to++].length);
          if (to === from || (rest && !(to < n && read[to].startsWith(rest)))) continue;
          if (rest) to++;
          add(han.slice(from, to), (to - from === n ? 1 : from === 0 ? 0.97 : 0.93) - (rest ? 0.1 : 0));
        }
      }
    }

    fromHan(chunk, add, found) {
      const { length } = chunk;
      const sounds = Array.from(chunk, (c) => this.reading.get(c) || c);
      const sorted = Array.from(chunk).sort().join('');
      for (const name of this.readable) {
        const n = name.plain.length;
        if (length < 3 && n !== length) continue; /* two characters sound like many things: whole names only */
        for (let from = 0; from + length <= n; from++) {
          let same = 0;
          const alike = (i) => sounds[i] === name.plain[from + i] || sounds[i] === name.read[from + i];
          while (same < length && alike(same)) same++;
          if (same === length) add(name.han.slice(from, from + length), n === length ? 0.95 : 0.9);
        }
        if (length < 3) continue;
        if (sorted === name.sorted) add(name.text, 0.9);
        if (Math.abs(name.text.length - length) < 2) {
          const likeness = this.likeness(chunk, name.text);
          if (likeness >= 0.72) add(name.text, 0.92 * likeness);
        }
      }
      /* a long query: the part that sounds like a name */
      for (const { plain, han } of !found.size && length > 4 ? this.readable : []) {
        const n = plain.length;
        for (let from = 0; n > 2 && n < length && from + n <= length; from++) {
          if (plain.every((syllable, i) => syllable === sounds[from + i])) {
            add(chunk.slice(0, from) + han + chunk.slice(from + n), 0.88);
          }
        }
      }
      /* an abbreviation: its characters in this order */
      if (!found.size && length < 6) {
        const pattern = new RegExp('^' + Array.from(chunk).join('.{0,3}'));
        for (const name of this.readable) if (pattern.test(name.text)) add(name.text, 0.8);
      }
    }

    likeness(a, b) {
      return 1 - this.distance(a, b) / Math.max(a.length, b.length, 1);
    }

    /* Edit distance; a character that sounds alike costs less, neighbours that changed places count once. */
    distance(a, b) {
      let before = [];
      let last = Array.from({ length: b.length + 1 }, (_, j) => j);
      for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++) {
          const same = a[i - 1] === b[j - 1];
          const sound = this.reading.get(a[i - 1]);
          const alike = !same && sound !== undefined && sound === this.reading.get(b[j - 1]);
          row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : alike ? 0.4 : 1));
          const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
          if (swapped) row[j] = Math.min(row[j], before[j - 2] + 0.8);
        }
        before = last;
        last = row;
      }
      return last[b.length];
    }
  }

  root.HandbookSearch = HandbookSearch;
})(typeof window === 'undefined' ? globalThis : window);
