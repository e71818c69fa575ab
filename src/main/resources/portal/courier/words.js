/*
 * The words of these pages, a file a feature. What several apps say is in shared/words, what one says beside its pages. Of the language that
 * is not shown nothing is fetched.
 */
export default {
  zh: () => [
    import('../shared/words/common.zh.js'),
    import('../shared/words/delivery.zh.js'),
    import('./words.zh.js')
  ],
  en: () => [
    import('../shared/words/common.en.js'),
    import('../shared/words/delivery.en.js'),
    import('./words.en.js')
  ]
};
