/*
 * The words of these pages, a file a feature. What several apps say is in shared/words, what one says beside its pages. The server joins those of a
 * language to all-words.zh.js and all-words.en.js, and a page fetches the one that it shows.
 */
export default {
  zh: () => [
    import('../shared/words/audit.zh.js'),
    import('../shared/words/common.zh.js'),
    import('../shared/words/delivery.zh.js'),
    import('../shared/words/door.zh.js'),
    import('../shared/words/gate.zh.js'),
    import('../shared/words/health.zh.js'),
    import('../shared/words/identity.zh.js'),
    import('../shared/words/monitor.zh.js'),
    import('../shared/words/notify.zh.js'),
    import('../shared/words/outing.zh.js'),
    import('../shared/words/ticket.zh.js'),
    import('./words.zh.js'),
    import('./audit/words.zh.js'),
    import('./delivery/words.zh.js'),
    import('./gate/words.zh.js'),
    import('./health/words.zh.js'),
    import('./identity/words.zh.js'),
    import('./outing/words.zh.js'),
    import('./registry/words.zh.js'),
    import('./ticket/words.zh.js')
  ],
  en: () => [
    import('../shared/words/audit.en.js'),
    import('../shared/words/common.en.js'),
    import('../shared/words/delivery.en.js'),
    import('../shared/words/door.en.js'),
    import('../shared/words/gate.en.js'),
    import('../shared/words/health.en.js'),
    import('../shared/words/identity.en.js'),
    import('../shared/words/monitor.en.js'),
    import('../shared/words/notify.en.js'),
    import('../shared/words/outing.en.js'),
    import('../shared/words/ticket.en.js'),
    import('./words.en.js'),
    import('./audit/words.en.js'),
    import('./delivery/words.en.js'),
    import('./gate/words.en.js'),
    import('./health/words.en.js'),
    import('./identity/words.en.js'),
    import('./outing/words.en.js'),
    import('./registry/words.en.js'),
    import('./ticket/words.en.js')
  ]
};
