// The check without anything to be seen gives its proof when the form is sent, because a proof is soon too old.
const proof = document.querySelector('input[name="g-recaptcha-response"][data-action]');

async function prove() {
  await new Promise((ready) => grecaptcha.ready(ready));
  proof.value = await grecaptcha.execute(proof.dataset.sitekey, { action: proof.dataset.action });
}

proof?.form.addEventListener('submit', async (event) => {
  // Where its script did not come, the server says what is missing.
  if (window.grecaptcha === undefined) {
    return;
  }

  event.preventDefault();
  await prove().catch(() => { proof.value = ''; });
  proof.form.submit();
});
