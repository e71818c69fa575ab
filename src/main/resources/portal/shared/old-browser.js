/* Run only by browsers without ES modules. */
document.getElementById('app').textContent =
  '这部手机的浏览器太旧，打不开本页。请在微信中打开，或致电社区，由网格员代为登记体温。 ' +
  'This browser is too old for this page. Please open it in WeChat, or call the community office: a grid worker can report for you.';
