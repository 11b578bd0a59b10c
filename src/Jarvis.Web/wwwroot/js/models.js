import { send } from './api.js';
import { text } from './texts.js';

/** Saves the model that the user selects beside the composer. */
export function startModels(announce) {
  const select = document.getElementById('model');
  let previous = select.value;

  select.addEventListener('change', async () => {
    try {
      await send('PUT', '/settings', { model: select.value || 'auto' });
      previous = select.value;
      announce(text('modelSaved', select.selectedOptions[0].textContent));
    } catch (error) {
      select.value = previous;
      announce(error.message);
    }
  });
}
