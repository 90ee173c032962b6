(function () {
  'use strict';
  var all = function (what) { return Array.prototype.slice.call(document.querySelectorAll(what)); };
  var unit = document.getElementById('unit'), state = document.getElementById('state');
  var told = document.getElementById('told'), rows = all('[data-unit]'), first = told.textContent;

  function open(button, wanted) {
    button.setAttribute('aria-expanded', String(wanted));
    document.getElementById(button.getAttribute('aria-controls')).classList.toggle('shut', !wanted);
  }
  var buttons = all('.figure');
  buttons.forEach(function (button) {
    open(button, false);
    button.addEventListener('click', function () {
      var wanted = button.getAttribute('aria-expanded') !== 'true';
      buttons.forEach(function (other) { open(other, other === button && wanted); });
    });
  });
  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') { return; }
    buttons.forEach(function (button) {
      if (button.getAttribute('aria-expanded') === 'true') { open(button, false); button.focus(); }
    });
  });

  // What names no unit concerns all of them; what has no state at all is not asked for one.
  function fits(given, wanted, whenEmpty) {
    return !wanted || given === null || (given === '' ? whenEmpty : given.split('|').indexOf(wanted) >= 0);
  }
  function filter() {
    var left = 0;
    rows.forEach(function (row) {
      var shown = fits(row.getAttribute('data-unit'), unit.value, true) &&
        fits(row.getAttribute('data-state'), state.value, false);
      row.classList.toggle('off', !shown);
      left += shown ? 1 : 0;
    });
    told.textContent = unit.value || state.value ? '显示 ' + left + ' 条，共 ' + rows.length + ' 条；四个数字不变' : first;
  }
  unit.addEventListener('change', filter);
  state.addEventListener('change', filter);
  document.querySelector('.filter').addEventListener('reset', function () { setTimeout(filter, 0); });
  document.querySelector('.filter').addEventListener('submit', function (event) { event.preventDefault(); });
  filter();
}());
