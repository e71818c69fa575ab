/*
 * The words of these pages, a file a feature. What several apps say is in shared/words, what one says beside its pages. Of the language that
 * is not shown nothing is fetched.
 */
export default {
  zh: () => [
    import('../../shared/words/audit.zh.js'),
    import('../../shared/words/common.zh.js'),
    import('../../shared/words/delivery.zh.js'),
    import('../../shared/words/health.zh.js'),
    import('../../shared/words/identity.zh.js'),
    import('./words.zh.js'),
    import('../delivery/words.zh.js')
  ],
  en: () => [
    import('../../shared/words/audit.en.js'),
    import('../../shared/words/common.en.js'),
    import('../../shared/words/delivery.en.js'),
    import('../../shared/words/health.en.js'),
    import('../../shared/words/identity.en.js'),
    import('./words.en.js'),
    import('../delivery/words.en.js')
  ]
};
