const endTolerance = 96;

/** Keeps the page scrolled to its end while the reader is there. Otherwise shows the button that scrolls to the end. */
export function startAutoScroll(button) {
  const page = document.scrollingElement;
  let isFollowing = true;
  const isAtEnd = () => page.scrollHeight - innerHeight - page.scrollTop < endTolerance;

  addEventListener('scroll', () => {
    isFollowing = isAtEnd();
    button.hidden = isFollowing;
  }, { passive: true });

  const scrollToEnd = () => {
    isFollowing = true;
    page.scrollTop = page.scrollHeight;
    button.hidden = true;
  };
  button.addEventListener('click', () => {
    scrollToEnd();
    document.getElementById('prompt').focus({ preventScroll: true });
  });

  return {
    scrollToEnd,
    onContentAdded: () => isFollowing ? scrollToEnd() : (button.hidden = isAtEnd()),
    /** Runs a function that inserts content above the viewport, and keeps the visible content in its position. */
    keepPosition: insert => {
      const distanceToEnd = page.scrollHeight - page.scrollTop;
      insert();
      page.scrollTop = page.scrollHeight - distanceToEnd;
    },
  };
}
