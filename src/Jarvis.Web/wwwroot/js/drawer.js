const narrow = matchMedia('(max-width: 899px)');

/** Shows the sidebar of a narrow page as a drawer. A button opens it; Escape, a tap outside, or its close button closes it. */
export function startDrawer(sidebar) {
  const openButton = document.querySelector('.drawer-open');
  const backdrop = document.getElementById('backdrop');
  const pageContent = () => [...document.body.children].filter(element => element !== sidebar && element !== backdrop && element.matches('main, aside, .skip-link'));

  const setOpen = isOpen => {
    document.body.classList.toggle('drawer-is-open', isOpen);
    backdrop.hidden = !isOpen;
    pageContent().forEach(element => { element.inert = isOpen; });
    (isOpen ? sidebar.querySelector('.drawer-close') : openButton)?.focus();
  };
  const isOpen = () => document.body.classList.contains('drawer-is-open');

  openButton?.addEventListener('click', event => {
    event.preventDefault();
    setOpen(true);
  });
  sidebar.querySelector('.drawer-close').addEventListener('click', event => {
    event.preventDefault();
    setOpen(false);
  });
  backdrop.addEventListener('click', () => setOpen(false));
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && isOpen()) {
      setOpen(false);
    }
  });
  narrow.addEventListener('change', () => isOpen() && setOpen(false));

  return { open: () => narrow.matches && !isOpen() && setOpen(true) };
}
