import { get } from './api.js';
import { Turn } from './turn.js';

const pollEvery = 1_000;
const pages = 50;

/** The turns before the first that is shown. */
export function startHistory({ conversation, turns, insert, follow }) {
  const place = document.getElementById('earlier');
  const link = place.querySelector('a');

  const load = async () => {
    const page = await get(`/chat/conversations/${conversation()}/turns?before=${turns()[0].id}`);
    follow.keepPlace(() => {
      insert(page.items.map(Turn.from));
      place.hidden = !page.hasMore;
    });
  };

  link.addEventListener('click', event => {
    event.preventDefault();
    load().catch(() => { location.href = link.href; });
  });

  let loading = false;
  new IntersectionObserver(async ([entry]) => {
    // Only where the reader scrolled up to it, not while the page opens at its end.
    if (entry.isIntersecting && !loading && document.scrollingElement.scrollHeight > innerHeight * 1.5) {
      loading = true;
      await load().catch(() => {});
      loading = false;
    }
  }).observe(place);

  return {
    /** Shows the turn that the address names, however far back it lies. */
    reveal: async () => {
      const wanted = location.hash.slice(1);
      if (!wanted.startsWith('turn-')) {
        return false;
      }

      for (let i = 0; i < pages && !document.getElementById(wanted) && !place.hidden; i++) {
        await load();
      }

      const turn = document.getElementById(wanted);
      turn?.scrollIntoView({ block: 'start' });
      turn?.focus({ preventScroll: true });
      return turn !== null;
    },
  };
}

/** Waits for a turn that is being answered elsewhere; gives it as it is stored when it is done. */
export async function untilDone(conversation, id, isCurrent) {
  while (isCurrent()) {
    const page = await get(`/chat/conversations/${conversation}/turns`).catch(() => null);
    const row = page?.items.find(item => item.id === id);
    if (page && row?.status !== 'pending') {
      return row;
    }

    await new Promise(resolve => setTimeout(resolve, pollEvery));
  }

  return null;
}
