/* Files that come into the page and leave it: the blank form, the finished one, saved entries. */
(() => {
  'use strict';
  const own = window.HandbookFill;
  const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  const NAMED_BY = ['candidate', 'applicant', 'activist', 'probationer', 'person', 'member', 'branch-short', 'branch', 'unit'];
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

  /** Title and the name that tells this paper from the next, without what a file name may not hold. */
  function fileName(data, values) {
    const id = NAMED_BY.filter((one) => values[one])[0];
    const name = data.title + (id ? '-' + own.normal(values[id]) : '');
    return name.replace(/[\\/:*?"<>|\n]/g, '').slice(0, 80);
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
