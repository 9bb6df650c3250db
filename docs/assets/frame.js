/* Around the page: choice of colours, drawer, side columns that keep the current place in view. In place of the theme's
 * own script. Classic script, nothing else loaded; each part stands alone and does nothing where its markup is missing. */
(() => {
  'use strict';

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  /** Colours: one button goes round what mkdocs.yml offers. Kept in the theme's own form, so that old choices still count. */
  function colours() {
    const button = document.querySelector('[data-hb-palette]');
    const header = document.querySelector('.md-header');
    if (!button || !header) return;
    const options = JSON.parse(button.getAttribute('data-hb-palette'));   /* [{media, scheme, name}] */
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const tint = document.createElement('meta');
    tint.name = 'theme-color';
    document.head.appendChild(tint);
    let chosen = 0;

    function position(media) {
      return Math.max(0, options.findIndex((option) => option.media === media));
    }
    function stored() {
      try {
        const kept = window.__md_get('__palette');
        return position(kept && kept.color && kept.color.media);
      } catch (error) { return chosen; }                 /* no storage here: the choice holds for this page */
    }
    /** The option that gives the colours: itself, or the one that the system asks for. */
    function shown() {
      const option = options[chosen];
      if (option.media !== '(prefers-color-scheme)') return option;
      return options[position('(prefers-color-scheme: ' + (dark.matches ? 'dark' : 'light') + ')')];
    }
    function apply() {
      const name = options[chosen].name;
      document.body.setAttribute('data-md-color-scheme', shown().scheme);
      options.forEach((option, place) => { button.children[place].hidden = place !== chosen; });
      button.title = name;
      button.setAttribute('aria-label', name);
      const style = window.getComputedStyle(header);
      const canvas = document.querySelector('meta[name="color-scheme"]');
      if (canvas) canvas.content = style.colorScheme;    /* scroll bars and the paper behind the page */
      tint.content = style.backgroundColor;
    }
    function reread() {
      chosen = stored();
      apply();
    }
    button.addEventListener('click', () => {
      chosen = (chosen + 1) % options.length;
      apply();
      const color = { media: options[chosen].media, scheme: shown().scheme };
      ['primary', 'accent'].forEach((key) => { color[key] = document.body.getAttribute('data-md-color-' + key); });
      try { window.__md_set('__palette', { index: chosen, color: color }); } catch (error) { /* no storage here */ }
    });
    dark.addListener(apply);                             /* addEventListener came later than this */
    window.addEventListener('storage', reread);          /* chosen in another window */
    window.addEventListener('pageshow', (event) => { if (event.persisted) reread(); });
    reread();
  }

  /** Drawer: without script a label opens it, which no keyboard reaches; buttons take the labels' place. */
  function drawer() {
    const toggle = document.getElementById('__drawer');
    const side = document.querySelector('.md-sidebar--primary');
    const opener = document.querySelector('[data-hb-drawer="open"]');
    const shutter = document.querySelector('[data-hb-drawer="shut"]');
    if (!toggle || !side || !opener || !shutter) return;
    all('[data-hb-drawer="label"]').forEach((label) => { label.style.display = 'none'; });
    opener.hidden = false;
    shutter.hidden = false;

    function set(open, focus) {
      if (toggle.checked !== open) toggle.checked = open;
      opener.setAttribute('aria-expanded', String(open));
      if (focus) (open ? shutter : opener).focus();
    }
    opener.addEventListener('click', () => { set(!toggle.checked, true); });
    shutter.addEventListener('click', () => { set(false, true); });
    toggle.addEventListener('change', () => { set(toggle.checked, false); });
    side.addEventListener('click', (event) => {
      if (event.target.closest && event.target.closest('a')) set(false, false);   /* a link to this same page */
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && toggle.checked) set(false, true);
    });
    document.addEventListener('focusin', (event) => {
      if (toggle.checked && !side.contains(event.target) && event.target !== opener) set(false, false);
    });
    set(false, false);                                   /* a restored page starts with the drawer shut */
  }

  /** Bring a link to the middle of its own side column if it is out of sight there; the page itself stays where it is. */
  function keepInView(link) {
    const box = link.closest('.md-sidebar__scrollwrap');
    if (!box || box.scrollHeight <= box.clientHeight) return;
    const own = link.getBoundingClientRect();
    const frame = box.getBoundingClientRect();
    const edge = 2 * own.height;                         /* the title of the column covers the first line */
    if (own.top < frame.top + edge || own.bottom > frame.bottom - edge) {
      box.scrollTop += own.top - frame.top - (frame.height - own.height) / 2;
    }
  }

  /** Contents: the link of the part that is being read is marked, and kept in view in a long list. */
  function contents() {
    const header = document.querySelector('.md-header');
    const list = document.querySelector('.md-nav--secondary .md-nav__list');
    if (!header || !list) return;
    const parts = all('a[href^="#"]', list).map((link) => {
      let id = link.getAttribute('href').slice(1);
      try { id = decodeURIComponent(id); } catch (error) { /* a broken escape is taken as it stands */ }
      return { link: link, head: document.getElementById(id) };
    }).filter((part) => part.head);
    let current = null;
    let waiting = false;

    function find() {
      const page = document.documentElement;
      /* a heading that was jumped to stands --hb-anchor (6rem) below the top: a little more counts as reached */
      const line = header.getBoundingClientRect().bottom + 4 * parseFloat(window.getComputedStyle(page).fontSize);
      const seen = parts.filter((part) => part.head.getClientRects().length);
      const reached = seen.filter((part) => part.head.getBoundingClientRect().top <= line);
      if (window.scrollY > 0 && window.scrollY + window.innerHeight >= page.scrollHeight - 2) {
        /* at the end of the page the last parts never come up: the one that was asked for counts, else the last */
        const asked = seen.filter((part) => part.link.hash === location.hash && reached.indexOf(part) < 0)[0];
        return asked || seen[seen.length - 1];
      }
      return reached[reached.length - 1];
    }
    function mark() {
      waiting = false;
      if (!list.offsetHeight) return;                    /* a phone shows no contents beside the page */
      const part = find();
      const link = part ? part.link : null;
      if (link === current) return;
      if (current) {
        current.classList.remove('md-nav__link--active');
        current.removeAttribute('aria-current');
      }
      current = link;
      if (!link) return;
      link.classList.add('md-nav__link--active');
      link.setAttribute('aria-current', 'location');
      keepInView(link);
    }
    function soon() {
      if (!waiting) { waiting = true; window.requestAnimationFrame(mark); }
    }
    window.addEventListener('scroll', soon, { passive: true });
    window.addEventListener('resize', soon);
    window.addEventListener('hashchange', soon);
    soon();
  }

  colours();
  drawer();
  all('.md-sidebar--primary [aria-current="page"]').forEach(keepInView);
  contents();
})();
