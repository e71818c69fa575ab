import { ResetPage } from '../../shared/reset.js';
import { html } from '../../shared/ui.js';

export default () => html`<${ResetPage} done="#/" />`;
