const nearEnd = 96;

/** Follows what is written while the reader is at the end, and offers the way there when not. */
export function startFollowing(jump) {
  const page = document.scrollingElement;
  let following = true;
  const atEnd = () => page.scrollHeight - innerHeight - page.scrollTop < nearEnd;

  addEventListener('scroll', () => {
    following = atEnd();
    jump.hidden = following;
  }, { passive: true });

  const toEnd = () => {
    following = true;
    page.scrollTop = page.scrollHeight;
    jump.hidden = true;
  };
  jump.addEventListener('click', () => {
    toEnd();
    document.getElementById('prompt').focus({ preventScroll: true });
  });

  return {
    toEnd,
    /** Something was added at the end. */
    grew: () => following ? toEnd() : (jump.hidden = atEnd()),
    /** Adds something above what is read, which stays where it is. */
    keepPlace: add => {
      const before = page.scrollHeight - page.scrollTop;
      add();
      page.scrollTop = page.scrollHeight - before;
    },
  };
}
