import { get } from './api.js';
import { Turn } from './turn.js';

const pollInterval = 1_000;
const maxPages = 50;

/** Loads earlier turns when the reader scrolls up to the first one. */
export function startHistory({ conversationId, turns, insert, autoScroll }) {
  const container = document.getElementById('earlier');
  const link = container.querySelector('a');

  const load = async () => {
    const page = await get(`/chat/conversations/${conversationId()}/turns?before=${turns()[0].id}`);
    autoScroll.keepPosition(() => {
      insert(page.items.map(Turn.fromRow));
      container.hidden = !page.hasMore;
    });
  };

  link.addEventListener('click', event => {
    event.preventDefault();
    load().catch(() => { location.href = link.href; });
  });

  let isLoading = false;
  new IntersectionObserver(async ([entry]) => {
    // A page opens at its end. While it is still short, the link is visible although the reader has not scrolled.
    if (entry.isIntersecting && !isLoading && document.scrollingElement.scrollHeight > innerHeight * 1.5) {
      isLoading = true;
      await load().catch(() => {});
      isLoading = false;
    }
  }).observe(container);

  return {
    /** Shows the turn that the fragment of the URL names, and loads earlier pages until it is found. */
    showLinkedTurn: async () => {
      const id = location.hash.slice(1);
      if (!id.startsWith('turn-')) {
        return false;
      }

      for (let i = 0; i < maxPages && !document.getElementById(id) && !container.hidden; i++) {
        await load();
      }

      const turn = document.getElementById(id);
      turn?.scrollIntoView({ block: 'start' });
      turn?.focus({ preventScroll: true });
      return turn !== null;
    },
  };
}

/** Polls until another request has completed the turn. Returns the stored turn, or null if the page no longer waits for it. */
export async function waitForCompletion(conversationId, id, isCurrent) {
  while (isCurrent()) {
    const page = await get(`/chat/conversations/${conversationId}/turns`).catch(() => null);
    const row = page?.items.find(item => item.id === id);
    if (page && row?.status !== 'pending') {
      return row;
    }

    await new Promise(resolve => setTimeout(resolve, pollInterval));
  }

  return null;
}
