import { send } from './api.js';
import { text } from './texts.js';

/** The choice of the model beside the composer. */
export function startModels(announce) {
  const select = document.getElementById('model');
  let before = select.value;

  select.addEventListener('change', async () => {
    try {
      await send('PUT', '/settings', { model: select.value || 'auto' });
      before = select.value;
      announce(text('modelSaved', select.selectedOptions[0].textContent));
    } catch (refusal) {
      select.value = before;
      announce(refusal.message);
    }
  });
}
