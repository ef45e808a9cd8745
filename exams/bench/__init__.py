"""How many candidates one machine carries: a real server, real HTTP, and afterwards an account of every answer.

site        a scratch site: its folder or database, gunicorn started, killed and started again
stage       what is done inside that site: a bank and an exam before, the audit after
wire        a small HTTP client on asyncio streams, cheap because it shares the machine with the server
candidate   what one candidate does, and what was acknowledged to the candidate
figures     percentiles and the report
"""
