// The invisible captcha gets its token on submit because tokens expire after two minutes.
const tokenField = document.querySelector('input[name="g-recaptcha-response"][data-action]');

async function getCaptchaToken() {
  await new Promise(resolve => grecaptcha.ready(resolve));
  return grecaptcha.execute(tokenField.dataset.sitekey, { action: tokenField.dataset.action });
}

tokenField?.form.addEventListener('submit', async event => {
  // If the captcha script did not load, the server reports the missing token.
  if (window.grecaptcha === undefined) {
    return;
  }

  event.preventDefault();
  tokenField.value = await getCaptchaToken().catch(() => '');
  tokenField.form.submit();
});
