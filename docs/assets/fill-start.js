/* The door of filling in: a button on pages that have something to fill in; all the rest is loaded when it is pressed. */
(() => {
  'use strict';
  const PARTS = [
    'fill-values', 'fill-bytes', 'fill', 'fill-entries', 'fill-paste', 'fill-sheet', 'fill-fields', 'fill-files', 'fill-panel'
  ];
  const base = document.currentScript.getAttribute('data-base') || '.';
  const box = document.querySelector('[data-fill]');
  if (!box) return;

  const door = document.createElement('p');
  const button = document.createElement('button');
  const said = document.createElement('span');
  door.className = 'hb-fill__door';
  button.type = 'button';
  button.className = 'hb-btn hb-btn--main';
  button.textContent = '在网页上填写';
  said.className = 'hb-soft';
  said.setAttribute('role', 'status');
  said.textContent = '边填边看样子，填好直接下载Word。填的内容只在这一页里，不上传。';
  door.appendChild(button);
  door.appendChild(said);
  box.appendChild(door);
  box.hidden = false;

  let panel = null;
  function open() {
    if (panel) { panel.open(); return; }
    let left = PARTS.length;
    let failed = false;
    button.disabled = true;
    PARTS.forEach((name) => {
      const script = document.createElement('script');
      script.src = base + '/assets/' + name + '.js';
      script.async = false;                                /* they build on each other in this order */
      script.onload = script.onerror = (event) => {
        failed = failed || event.type === 'error';
        left -= 1;
        if (left) return;
        button.disabled = false;
        if (failed) { said.textContent = '填写用的文件没有读到，请检查网络或U盘后再按一次；也可以下载空白模板填写。'; return; }
        const data = JSON.parse(box.querySelector('script').textContent);
        panel = new window.HandbookFill.Panel(box, door, data);
        button.textContent = '继续填写';
        panel.open();
      };
      document.head.appendChild(script);
    });
  }

  button.addEventListener('click', open);
  if (location.hash === '#' + box.id) open();
})();
