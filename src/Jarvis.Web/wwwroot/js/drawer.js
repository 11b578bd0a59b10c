const narrow = matchMedia('(max-width: 899px)');

/** The rail of a narrow page: opened by its button, closed by Escape, by a tap beside it, or by its own button. */
export function startDrawer(rail) {
  const opener = document.querySelector('.drawer-open');
  const backdrop = document.getElementById('backdrop');
  const others = () => [...document.body.children].filter(element => element !== rail && element !== backdrop && element.matches('main, aside, .skip'));

  const show = open => {
    document.body.classList.toggle('drawer-is-open', open);
    backdrop.hidden = !open;
    others().forEach(element => { element.inert = open; });
    (open ? rail.querySelector('.drawer-close') : opener)?.focus();
  };
  const isOpen = () => document.body.classList.contains('drawer-is-open');

  opener?.addEventListener('click', event => {
    event.preventDefault();
    show(true);
  });
  rail.querySelector('.drawer-close').addEventListener('click', event => {
    event.preventDefault();
    show(false);
  });
  backdrop.addEventListener('click', () => show(false));
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && isOpen()) {
      show(false);
    }
  });
  narrow.addEventListener('change', () => isOpen() && show(false));

  return { open: () => narrow.matches && !isOpen() && show(true) };
}
