// A passkey: asks the browser what the page says, and sends its answer. Bytes travel as base64url.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const withBytes = (list) => (list || []).map((each) => ({ ...each, id: toBytes(each.id) }));

const create = async (options) => {
  options.challenge = toBytes(options.challenge);
  options.user.id = toBytes(options.user.id);
  options.excludeCredentials = withBytes(options.excludeCredentials);
  const made = await navigator.credentials.create({ publicKey: options });
  return {
    id: made.id, rawId: toText(made.rawId), type: made.type,
    response: {
      attestationObject: toText(made.response.attestationObject),
      clientDataJSON: toText(made.response.clientDataJSON),
      transports: made.response.getTransports ? made.response.getTransports() : [],
    },
    extensions: JSON.stringify(made.getClientExtensionResults()),
  };
};

const get = async (options) => {
  options.challenge = toBytes(options.challenge);
  options.allowCredentials = withBytes(options.allowCredentials);
  const given = await navigator.credentials.get({ publicKey: options });
  const { authenticatorData, clientDataJSON, signature, userHandle } = given.response;
  return {
    id: given.id, rawId: toText(given.rawId), type: given.type,
    response: {
      authenticatorData: toText(authenticatorData), clientDataJSON: toText(clientDataJSON),
      signature: toText(signature), userHandle: userHandle ? toText(userHandle) : null,
    },
  };
};

const form = document.querySelector("form[data-passkey]");
const ask = { create, get }[form.dataset.passkey];
ask(JSON.parse(form.dataset.options))
  .then((answer) => {
    form.elements.credential.value = JSON.stringify(answer);
    form.submit();
  })
  .catch(() => {
    document.querySelector("[data-passkey-wait]").hidden = true;
    document.querySelector("[data-passkey-failed]").hidden = false;
  });
