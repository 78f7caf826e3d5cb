// Runs a script's statements through the genuine npm driver and prints, for each, its rows as text or its error's code.
const snowflake = require('snowflake-sdk');
const fs = require('fs');

const [port, user, password, script] = process.argv.slice(2);
snowflake.configure({ disableOCSPChecks: true, logLevel: 'OFF', additionalLogToConsole: false });
const connection = snowflake.createConnection({
  account: 'feedline',
  username: user,
  password,
  host: '127.0.0.1',
  port,
  protocol: 'http',
  accessUrl: 'http://127.0.0.1:' + port,
  fetchAsString: ['Number', 'Date', 'JSON'],
});
// With fetchAsString the driver writes a number that is null as 'NULL'.
const text = (value) => (value === 'NULL' ? 'null' : String(value));
const execute = (sql) =>
  new Promise((resolve) =>
    connection.execute({
      sqlText: sql,
      rowMode: 'array',
      complete: (error, statement, rows) =>
        resolve(error ? { error: String(error.code) } : { rows: (rows || []).map((row) => row.map(text).join('|')) }),
    })
  );

connection.connect(async (error) => {
  if (error) {
    console.error(error.message);
    process.exit(1);
  }
  const answers = [];
  for (const { sql, awaited } of JSON.parse(fs.readFileSync(script, 'utf8'))) {
    let answer = await execute(sql);
    for (let tries = 0; awaited && JSON.stringify(answer.rows) !== JSON.stringify(awaited) && tries < 600; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      answer = await execute(sql);
    }
    answers.push(answer);
  }
  console.log('ANSWERS ' + JSON.stringify(answers));
  connection.destroy(() => process.exit(0));
});
