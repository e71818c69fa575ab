import { getAll, post } from '../../shared/api.js';
import { myDrafts } from '../../shared/drafts.js';
import { currentLanguage, LANGUAGES, t, useLanguageNow } from '../../shared/i18n.js';
import { currentAccessToken, forget } from '../../shared/session.js';
import { Button, html, Loaded, PageTitle, Segments, Sheet, SizeSwitch, useLoad, useState } from '../../shared/ui.js';

export default function MePage({ me }) {
  const members = useLoad(() => getAll('/household/members'), [me.id]);
  return html`<main class="page" id="main" tabindex="-1">
    <div class="page-head"><${PageTitle}>${t('me.title')}<//></div>
    <section class="card"><h2>${me.name}</h2><p class="soft">${me.compound.name}${me.household ? t('common.dot') + t('me.household', { label: me.household.label }) : ''}</p></section>
    <section aria-labelledby="family-title"><${Loaded} of=${members}>${items => html`<div class="card"><h2 id="family-title">${t('me.family')}</h2>
      <ul class="lines" data-testid="family">${items.map(member => html`<li key=${member.id}><div class="line"><span class="line-name"><span class="strong">${member.name}</span><span class="soft small"> ${t('relation.' + member.relation)}</span></span>
        <span class="line-end"><span class=${'tag ' + (member.hasAccount ? 'good' : '')}>${t(member.hasAccount ? 'me.hasAccount' : 'me.noAccount')}</span></span></div></li>`)}</ul>
      <p class="hint">${t('me.family.hint')}</p></div>`}<//></section>
    <section class="card"><h2>${t('size.label')}</h2><${SizeSwitch} /><p class="hint">${t('size.sample')}</p></section>
    <section class="card"><h2>${t('language.label')}</h2><${Segments} label=${t('language.label')} testid="language-choice" chosen=${currentLanguage()}
      items=${LANGUAGES.map(id => ({ id, text: id === 'zh' ? '中文' : 'English' }))} onChoose=${useLanguageNow} /></section>
    <${Logout} />
  </main>`;
}

/** Reports that still wait on this phone are named before one leaves. */
export function Logout() {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    try {
      if (currentAccessToken()) await post('/auth/logout');
    } catch (unreachable) {
      // The session here ends anyway; the server's ends when its refresh token runs out.
      console.warn(unreachable);
    }
    forget();
    location.hash = '#/login';
  };
  const waiting = myDrafts().length;
  return html`<${Button} kind="danger" onClick=${() => setAsking(true)} testid="logout">${t('me.logout')}<//>
    ${asking && html`<${Sheet} title=${t('me.logout.sure')} onClose=${() => setAsking(false)} testid="logout-sheet"
      foot=${html`<div class="btns"><${Button} kind="default" onClick=${() => setAsking(false)}>${t('common.cancel')}<//><${Button} busy=${busy} onClick=${leave} testid="logout-confirm">${t('me.logout')}<//></div>`}>
      <p>${t(waiting ? 'me.logout.waiting' : 'me.logout.text', { count: waiting })}</p><//>`}`;
}
