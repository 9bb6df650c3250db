/* Chooser of variants on a procedure page: it only hides blocks; everything is shown until the reader chooses.
 * What is remembered are the hidden variants, so that a variant added later shows by itself. */
(() => {
  'use strict';
  const KEY = 'handbook.choose.v1';

  function load() {
    try {
      const value = JSON.parse(localStorage.getItem(KEY));
      return value && typeof value === 'object' && !Array.isArray(value) ? value : {};
    } catch (error) { return {}; }
  }

  function save(page, hidden) {
    try {
      const value = load();
      if (hidden.length) value[page] = hidden; else delete value[page];
      localStorage.setItem(KEY, JSON.stringify(value));
    } catch (error) { /* without storage the choice holds for this view only */ }
  }

  function element(tag, attributes, text) {
    const node = document.createElement(tag);
    Object.keys(attributes).forEach((name) => { node.setAttribute(name, attributes[name]); });
    if (text) node.textContent = text;
    return node;
  }

  function blocks() {
    return Array.prototype.slice.call(document.querySelectorAll('.hb-variant[data-variant]'));
  }

  function ids(block) {
    return block.getAttribute('data-variant').split(/\s+/).filter(Boolean);
  }

  function build(fieldset, number) {
    let variants;
    try { variants = JSON.parse(fieldset.getAttribute('data-variants') || '[]'); } catch (error) { return; }
    if (!variants.length) return;
    /* The page's last two names are the same on a server and on a USB stick. */
    const page = fieldset.getAttribute('data-choose') || location.pathname.split('/').slice(-2).join('/');
    const stored = load()[page];
    let hidden = Array.isArray(stored) ? stored.filter((id) => {
      return variants.some((variant) => variant.id === id);
    }) : [];

    const list = element('div', { class: 'hb-choose__list' });
    const said = element('p', { class: 'hb-choose__said', role: 'status' });
    const boxes = {};

    function option(id, title) {
      const name = 'hb-choose-' + number + '-' + (id || 'all');
      const box = element('input', { type: 'checkbox', id: name, autocomplete: 'off' });
      const label = element('label', { for: name });
      label.appendChild(box);
      label.appendChild(document.createTextNode(title));
      list.appendChild(label);
      return box;
    }

    function show() {
      let away = 0;
      blocks().forEach((block) => {
        block.hidden = ids(block).every((id) => hidden.indexOf(id) >= 0);
        if (block.hidden) away += 1;
      });
      variants.forEach((variant) => { boxes[variant.id].checked = hidden.indexOf(variant.id) < 0; });
      every.checked = !hidden.length;
      every.indeterminate = hidden.length > 0 && hidden.length < variants.length;
      said.textContent = away ? '按你的选择收起了' + away + '处，勾选“全部”再显示。' : '';
    }

    function reveal() {
      const id = location.hash.slice(1);
      const target = id && document.getElementById(id);
      const block = target && target.closest('.hb-variant[hidden]');
      if (!block) return;
      hidden = hidden.filter((one) => ids(block).indexOf(one) < 0);
      show();
      target.scrollIntoView();
    }

    const every = option('', '全部');
    every.addEventListener('change', () => {
      hidden = every.checked ? [] : variants.map((variant) => variant.id);
      save(page, hidden);
      show();
    });
    variants.forEach((variant) => {
      const box = boxes[variant.id] = option(variant.id, variant.title);
      box.addEventListener('change', () => {
        hidden = hidden.filter((id) => id !== variant.id);
        if (!box.checked) hidden.push(variant.id);
        save(page, hidden);
        show();
      });
    });
    fieldset.appendChild(list);
    fieldset.appendChild(said);
    show();
    fieldset.hidden = false;
    reveal();
    window.addEventListener('hashchange', reveal);
    window.addEventListener('pageshow', show);            /* a restored page has its boxes as they were */
  }

  Array.prototype.slice.call(document.querySelectorAll('fieldset[data-choose]')).forEach(build);
})();
