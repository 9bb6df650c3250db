/* Files that come into the page and leave it: the blank form, the finished one, saved entries. */
(() => {
  'use strict';
  const own = window.HandbookFill;
  const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  /* What tells a paper from the next of its kind: whom it is about, what it is about, whose it is, and the day. */
  const PEOPLE = ['candidate', 'applicant', 'activist', 'probationer'];
  const NAMED_BY = PEOPLE.concat([
    'person', 'member', 'member-name', 'matter', 'meeting-name', 'topic', 'subject', 'activity', 'project',
    'branch-short', 'branch', 'unit'
  ]);
  const DATED_BY = ['meeting-date', 'held-on', 'study-date', 'talk-date', 'activity-date', 'signed-on', 'sign-date', 'pass-date'];
  const LONGEST = 24;                                      /* characters of a name or a matter in a file name */
  const SOON = 10000;                                      /* milliseconds after which no browser reads the address any more */

  /** The blank file's bytes: from its script, which is loaded when it is wanted for the first time. */
  function blank(file, then, said) {
    const held = () => (window.HandbookFiles || {})[file.address];
    const go = () => {
      const text = atob(held());
      const bytes = new Uint8Array(text.length);
      for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
      then(bytes);
    };
    if (held()) { go(); return; }
    const script = own.make('script', { src: file.script });
    said('正在生成……');
    script.onload = () => { if (held()) go(); else script.onerror(); };
    script.onerror = () => {
      script.remove();
      said('模板文件没有读到，请检查网络或U盘后再按一次。');
    };
    document.head.appendChild(script);
  }

  /** Hands something to the browser as a download. */
  function hand(content, name, type) {
    const link = own.make('a', { download: name, href: URL.createObjectURL(new Blob([content], { type })) });
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(() => { URL.revokeObjectURL(link.href); }, SOON);
  }

  /** The value of the field that is named first, by its shared value or its own id; a wrong one names nothing. */
  function named(data, values, names) {
    const found = names.map((name) => data.fields.filter((field) => (
      (field.shared || field.id) === name && own.normal(values[field.id]) && !own.problem(field, values[field.id])))[0]);
    const field = found.filter(Boolean)[0];
    return field ? own.normal(values[field.id]) : '';
  }

  /** Title and what tells this paper from the next: 请示（增设离退休干部党支部，2026-06-15）-红头. */
  function fileName(data, values, ending) {
    const who = Array.from(named(data, values, NAMED_BY).replace(/\s+/g, ' ')).slice(0, LONGEST).join('');
    const told = [who, named(data, values, DATED_BY)].filter(Boolean).join('，');
    const name = data.title + (told ? '（' + told + '）' : '') + (ending || '');
    /* What a file name may not hold somewhere is written wide, so that it still reads the same. */
    return name.replace(/["*/:<>?\\|]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xFEE0)).replace(/[\u0000-\u001f]/g, '');
  }

  /** The text of a file the reader chose; what `then` refuses with a FillError is said in its words. */
  function read(file, then, said) {
    const reader = new FileReader();
    const broken = '这个文件读不出来，请换一个。';
    reader.onerror = () => { said(broken); };
    reader.onload = () => {
      try { then(String(reader.result)); } catch (error) {
        said(error instanceof own.FillError ? error.message : broken);
      }
    };
    reader.readAsText(file);
  }

  Object.assign(own, { WORD, blank, hand, fileName, read });
})();
