import { get, getPicture, Problem, worthRetrying } from '../../shared/api.js';
import { noteBusinessTime, nowMillis } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { backWords, leaveWords, PassTag } from '../../shared/outing.js';
import { Failure, html, Icon, Loaded, PageTitle, useEffect, useLoad, useOnline, useState } from '../../shared/ui.js';

const PIXELS = 600;
const RETRY_MILLIS = 4000;

/** A pass's code, large, with the seconds until it changes. */
export default function CodePage({ route }) {
  const id = route.path[1] || '';
  const loading = useLoad(() => get('/outing-passes/' + encodeURIComponent(id)).then(answer => answer.data), [id]);
  return html`<main class="page" id="main" tabindex="-1">
    <a class="back" href="#/outing" data-testid="back"><${Icon} name="back" />${t('outing.title')}</a>
    <div class="page-head"><${PageTitle}>${t('code.title')}<//></div>
    <${Loaded} of=${loading}>${pass => html`<${Code} pass=${pass} />`}<//>
  </main>`;
}

/** Asks for the next code whenever the present one ends; what is over is not shown any more. */
function useCode(id) {
  const [held, setHeld] = useState({ code: null, error: null });
  const [, tick] = useState(0);
  const [round, again] = useState(0);
  useEffect(() => {
    let timer = null;
    let gone = false;
    const path = '/outing-passes/' + encodeURIComponent(id);
    const next = async () => {
      try {
        const code = (await get(path + '/code')).data;
        noteBusinessTime(code.now);
        const picture = await getPicture(path + '/qr.png', { size: PIXELS });
        if (gone) return;
        setHeld({ code: Object.assign({ picture }, code), error: null });
        timer = setTimeout(next, Math.max(500, Date.parse(code.expiresAt) - nowMillis()));
      } catch (error) {
        if (gone) return;
        setHeld(before => ({ code: before.code, error }));
        if (!(error instanceof Problem) || worthRetrying(error)) timer = setTimeout(next, error.retryAfterSeconds * 1000 || RETRY_MILLIS);
      }
    };
    next();
    const clock = setInterval(() => tick(count => count + 1), 500);
    return () => {
      gone = true;
      clearTimeout(timer);
      clearInterval(clock);
    };
  }, [id, round]);
  return Object.assign({ retry: () => again(count => count + 1) }, held);
}

function Code({ pass }) {
  const { code, error, retry } = useCode(pass.id);
  const online = useOnline();
  const seconds = code ? Math.max(0, Math.ceil((Date.parse(code.expiresAt) - nowMillis()) / 1000)) : 0;
  const fresh = code && seconds > 0;
  const suspended = pass.suspendedBy || [];
  return html`<section class=${'card pass code ' + pass.colour.toLowerCase()} data-testid="code">
    <div class="row spread"><h2>${pass.residentName} <span class="soft">${t('pass.kind.' + pass.kind)}</span></h2><${PassTag} pass=${pass} /></div>
    ${suspended.length > 0 && html`<div class="notice bad"><p class="strong">${t('outing.suspended')}</p>
      ${suspended.map(rule => html`<p key=${rule}>${t('rule.' + rule)}</p>`)}</div>`}
    ${fresh ? html`<img class="code-picture" src=${code.picture} alt=${t('code.picture')} width="600" height="600" data-testid="qr" />
      <p class="code-typed num" data-testid="typed"><span class="unseen">${t('code.typed')}</span>${code.typed.slice(0, 4)} ${code.typed.slice(4)}</p>
      <div class="progress" role="presentation"><div class=${'left-' + Math.round(seconds / 3)}></div></div>
      <p class="center soft num" data-testid="seconds">${t('code.seconds', { seconds })}</p>`
      : !online || (error && !(error instanceof Problem)) ? html`<div class="notice warn" role="status" data-testid="code-offline"><h2>${t('code.offline')}</h2>
        <p>${t('code.offline.what')}</p></div>`
        : error ? html`<${Failure} error=${error} retry=${retry} testid="code-error" />`
          : html`<div role="status"><span class="unseen">${t('common.loading')}</span><span class="bone square"></span></div>`}
    <p class="pass-time num">${leaveWords(pass)}</p><p class="soft">${backWords(pass)}${pass.gate && t('common.dot') + pass.gate.name}</p>
  </section>
  <p class="soft">${t('code.what')}</p>`;
}
